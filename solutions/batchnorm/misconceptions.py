"""What students believe about batch normalization, and the code that comes of it."""

from __future__ import annotations

import numpy as np

from autograder.authoring import Misconceptions

from . import batchnorm as right

wrong = Misconceptions()


def _layer(x, gamma, beta, mean, var, eps, training):
    """Normalize, scale and shift; with the cache that the solution's backward pass takes."""
    inv_std = 1 / np.sqrt(var + eps)
    x_hat = (x - mean) * inv_std
    return gamma * x_hat + beta, (x_hat, gamma * inv_std, training)


def _moved(running, momentum, mean, var):
    """Move the running statistics toward the given ones."""
    return {
        "mean": (1 - momentum) * running["mean"] + momentum * mean,
        "var": (1 - momentum) * running["var"] + momentum * var,
    }


def _need_two(x):
    """Refuse a batch that has no spread."""
    if len(x) < 2:
        raise ValueError("training needs at least 2 examples in a batch")


# ---- batchnorm_forward


@wrong(
    "batchnorm_forward.batch_statistics_in_evaluation",
    "A batch is always normalized with its own mean and variance, at test time as well.",
    "At test time, may the output for one example depend on which other examples share its batch?",
    "Running mean 0, running variance 1, gamma 1, beta 0: in evaluation a 3 gives about 3, alone or beside a 1. "
    "Does it give 1 beside a 1?",
    "Look at where mean and variance come from when training is False.",
)
def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    if training:
        return right.batchnorm_forward(x, gamma, beta, running, training, momentum, eps)
    y, cache = _layer(x, gamma, beta, x.mean(axis=0), x.var(axis=0), eps, training)
    return y, cache, running


@wrong(
    "batchnorm_forward.momentum_weighs_the_old",
    "momentum is the share of the old running statistics that is kept, like rho in an optimizer.",
    "What does momentum = 0 mean for the running statistics: that the batch replaces them, or that they never move?",
    "The running mean is 0, the batch mean 10 and momentum 0.1: the new running mean is 1. Is yours 9?",
    "Look at the two factors in the line that updates running, and at what each of them multiplies.",
)
def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    return right.batchnorm_forward(x, gamma, beta, running, training, 1 - momentum, eps)


@wrong(
    "batchnorm_forward.biased_running_variance",
    "The variance that normalizes the batch is also the one that enters the running variance.",
    "The running variance stands for data not seen yet. Does the spread of a small batch around its own mean come out "
    "too small or too large for that?",
    "With the values 1 and 3 and momentum 1, the running variance becomes 2. Is yours 1?",
    "Look at which variance enters running, and at the number that its sum of squares was divided by.",
)
def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    y, cache, moved = right.batchnorm_forward(x, gamma, beta, running, training, momentum, eps)
    if training:
        moved = _moved(running, momentum, x.mean(axis=0), x.var(axis=0))
    return y, cache, moved


@wrong(
    "batchnorm_forward.unbiased_variance_normalises",
    "The batch is normalized with the unbiased variance, whose sum of squares is divided by N - 1.",
    "Training needs the variance of the batch for two purposes. Is it divided by the same number in both?",
    "For the values 1 and 3, gamma = 1 and beta = 0, y is -1 and 1. Do you get -0.71 and 0.71?",
    "Look at the variance under the root: by which number is its sum of squares divided?",
)
def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    _, _, moved = right.batchnorm_forward(x, gamma, beta, running, training, momentum, eps)
    mean, var = (x.mean(axis=0), x.var(axis=0, ddof=1)) if training else (running["mean"], running["var"])
    y, cache = _layer(x, gamma, beta, mean, var, eps, training)
    return y, cache, moved


@wrong(
    "batchnorm_forward.eps_outside_the_root",
    "eps is added to the standard deviation, after the root was taken.",
    "To which of the two is eps added, to the variance or to the standard deviation?",
    "For a variance of 0.01 and eps = 0.03 the divisor is 0.2. Is yours 0.13?",
    "Look at where the bracket of the root closes.",
)
def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    _, _, moved = right.batchnorm_forward(x, gamma, beta, running, training, momentum, eps)
    mean, var = (x.mean(axis=0), x.var(axis=0)) if training else (running["mean"], running["var"])
    std = np.sqrt(var) + eps
    x_hat = (x - mean) / std
    return gamma * x_hat + beta, (x_hat, gamma / std, training), moved


@wrong(
    "batchnorm_forward.running_moves_in_evaluation",
    "Every batch moves the running statistics, in evaluation, too.",
    "What may a trained network learn from the data it is tested on?",
    "The running mean is 0, and a batch of mean 10 is evaluated: afterwards the running mean is still 0. Is yours?",
    "Look at whether the lines that update running are run when training is False.",
)
def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    y, cache, _ = right.batchnorm_forward(x, gamma, beta, running, training, momentum, eps)
    return y, cache, _moved(running, momentum, x.mean(axis=0), x.var(axis=0, ddof=1))


@wrong(
    "batchnorm_forward.running_used_in_training",
    "The batch moves the running statistics, and these normalize it, in training, too.",
    "After normalizing in training, which mean should a feature have over the batch itself?",
    "For the values 1 and 3, gamma = 1 and beta = 0, y in training is -1 and 1, whatever running says. Is yours?",
    "Look at which mean and which variance are used in training: those of the batch, or those after the update?",
)
def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    _, _, running = right.batchnorm_forward(x, gamma, beta, running, training, momentum, eps)
    y, cache = _layer(x, gamma, beta, running["mean"], running["var"], eps, training)
    return y, cache, running


@wrong(
    "batchnorm_forward.running_never_moves",
    "The running statistics are handed through in training, just as they came.",
    "Evaluation relies on the running statistics. Where do they learn about the data?",
    "The running mean is 0, the batch mean 10 and momentum 0.1: after training on the batch it is 1. Is yours still 0?",
    "Look at the third value that training returns: is it the updated dict, or the one that came in?",
)
def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    y, cache, _ = right.batchnorm_forward(x, gamma, beta, running, training, momentum, eps)
    return y, cache, running


@wrong(
    "batchnorm_forward.divides_by_the_variance",
    "Normalizing divides a feature by its variance.",
    "If x is a length in meters, in which unit is its variance, and in which should the normalized feature be?",
    "The values 0 and 20 have mean 10 and variance 100: with gamma = 1 and beta = 0, y is -1 and 1. "
    "Do you get -0.1 and 0.1?",
    "Look at what x minus the mean is divided by.",
)
def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    _, _, moved = right.batchnorm_forward(x, gamma, beta, running, training, momentum, eps)
    mean, var = (x.mean(axis=0), x.var(axis=0)) if training else (running["mean"], running["var"])
    x_hat = (x - mean) / (var + eps)
    return gamma * x_hat + beta, (x_hat, gamma / (var + eps), training), moved


@wrong(
    "batchnorm_forward.single_example_not_refused",
    "One example is a batch like any other, in training as well.",
    "How much do the values of a feature spread in a batch of one example?",
    "Train on the single value 7: the mean is 7 and the variance 0, so the normalized value is 0, and it would be 0 "
    "for any other value, too.",
    "Look at what happens for N = 1 before the statistics are taken, and only in training.",
)
def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    if not training:
        return right.batchnorm_forward(x, gamma, beta, running, training, momentum, eps)
    y, cache = _layer(x, gamma, beta, x.mean(axis=0), x.var(axis=0), eps, training)
    return y, cache, _moved(running, momentum, x.mean(axis=0), x.var(axis=0, ddof=1))


@wrong(
    "batchnorm_forward.statistics_of_each_example",
    "In training every example is normalized over its own features.",
    "Along which axis of x do you walk through the batch?",
    "For the rows (1, 10) and (3, 30) the batch mean is (2, 20). Do you subtract 5.5 from the first row, and 16.5 from "
    "the second?",
    "Look at the axis over which mean and variance are taken in training.",
)
def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    y, cache, moved = right.batchnorm_forward(x, gamma, beta, running, training, momentum, eps)
    if training:
        mean, var = x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)
        y, cache = _layer(x, gamma, beta, mean, var, eps, training)
    return y, cache, moved


@wrong(
    "batchnorm_forward.one_statistic_for_all_features",
    "The batch has one mean and one variance, taken over all of its numbers.",
    "If one feature is in meters and another in grams, what would their common mean be good for?",
    "For the rows (1, 10) and (3, 30) the batch mean is (2, 20). Is yours 11 for both features?",
    "Look at the shape of your batch mean: it should be that of gamma.",
)
def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    if not training:
        return right.batchnorm_forward(x, gamma, beta, running, training, momentum, eps)
    _need_two(x)
    n, mean, var = len(x), x.mean(), x.var()
    y, cache = _layer(x, gamma, beta, mean, var, eps, training)
    return y, cache, _moved(running, momentum, mean, var * n / (n - 1))


@wrong(
    "batchnorm_forward.no_scale_and_shift_in_evaluation",
    "gamma and beta belong to training; evaluation only normalizes.",
    "gamma and beta were learned together with the layers behind this one. Can those do without them at test time?",
    "Running mean 0, running variance 1, gamma 2, beta 5: in evaluation a 1 gives about 7. Does yours give about 1?",
    "Look at what becomes of the normalized x when training is False.",
)
def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    y, cache, moved = right.batchnorm_forward(x, gamma, beta, running, training, momentum, eps)
    return y if training else cache[0], cache, moved


@wrong(
    "batchnorm_forward.running_standard_deviation",
    "What is averaged for evaluation is the batch's standard deviation.",
    "Which of the two does the name of the entry promise, and which one does evaluation take the root of?",
    "With the values 1 and 5 and momentum 1, the running variance becomes 8. Is yours 2.83?",
    "Look at what of the batch enters running: has a root been taken of it?",
)
def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    y, cache, moved = right.batchnorm_forward(x, gamma, beta, running, training, momentum, eps)
    if training:
        moved = _moved(running, momentum, x.mean(axis=0), x.std(axis=0, ddof=1))
    return y, cache, moved


@wrong(
    "batchnorm_forward.old_statistics_not_faded",
    "momentum times the batch's statistics is added to the running ones.",
    "If all batches have the same mean, what should the running mean be after very many of them?",
    "The running mean is 10, the batch mean 10 and momentum 0.1: the running mean stays 10. Is yours 11?",
    "Look at the line that updates running: the factors of the old and of the new should add up to 1.",
)
def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    y, cache, moved = right.batchnorm_forward(x, gamma, beta, running, training, momentum, eps)
    if training:
        moved = {name: value + momentum * running[name] for name, value in moved.items()}
    return y, cache, moved


@wrong(
    "batchnorm_forward.eps_forgotten",
    "Normalizing divides by the standard deviation as it is.",
    "Which of the arguments does your code never use?",
    "For a variance of 0.09 and eps = 0.07 the divisor is 0.4. Is yours 0.3?",
    "Look at what stands under the root.",
)
def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    return right.batchnorm_forward(x, gamma, beta, running, training, momentum, 0.0)


@wrong.both("batchnorm_forward.batch_statistics_in_evaluation", "batchnorm_forward.running_moves_in_evaluation")
def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    if training:
        _need_two(x)
    y, cache = _layer(x, gamma, beta, x.mean(axis=0), x.var(axis=0), eps, training)
    return y, cache, _moved(running, momentum, x.mean(axis=0), x.var(axis=0, ddof=1))


@wrong.both("batchnorm_forward.momentum_weighs_the_old", "batchnorm_forward.biased_running_variance")
def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    y, cache, moved = right.batchnorm_forward(x, gamma, beta, running, training, momentum, eps)
    if training:
        moved = _moved(running, 1 - momentum, x.mean(axis=0), x.var(axis=0))
    return y, cache, moved


@wrong.both("batchnorm_forward.biased_running_variance", "batchnorm_forward.unbiased_variance_normalises")
def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    if not training:
        return right.batchnorm_forward(x, gamma, beta, running, training, momentum, eps)
    _need_two(x)
    y, cache = _layer(x, gamma, beta, x.mean(axis=0), x.var(axis=0, ddof=1), eps, training)
    return y, cache, _moved(running, momentum, x.mean(axis=0), x.var(axis=0))


# In one of the two modes alone.


def _with_std(std_of, *, training_too=True, evaluation_too=True):
    """Return a forward pass that divides by what `std_of` makes of variance and eps, in the modes that are named."""

    def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
        y, cache, moved = right.batchnorm_forward(x, gamma, beta, running, training, momentum, eps)
        if training_too if training else evaluation_too:
            mean, var = (x.mean(axis=0), x.var(axis=0)) if training else (running["mean"], running["var"])
            std = std_of(var, eps)
            x_hat = (x - mean) / std
            y, cache = gamma * x_hat + beta, (x_hat, gamma / std, training)
        return y, cache, moved

    return batchnorm_forward


wrong(
    "batchnorm_forward.eps_forgotten_in_evaluation",
    "Evaluation divides by the root of the running variance, without eps.",
    "Training adds eps to the variance before it takes the root. Does evaluation have to divide by the same kind of "
    "number, or by another one?",
    "With gamma = 1, beta = 0, running mean 0, running variance 0.09 and eps = 0.07, an x of 4 becomes 10 in "
    "evaluation, since the divisor is 0.4. Is yours 13.3? A feature that was always 0 would even be divided by 0.",
    "Compare the lines that make the divisor in the two modes, name by name: they should differ in where mean and "
    "variance come from, and in nothing else. Which of the arguments does the line for evaluation not use?",
)(_with_std(lambda var, eps: np.sqrt(var), training_too=False))

wrong(
    "batchnorm_forward.eps_outside_the_root_in_evaluation",
    "In evaluation eps is added to the running standard deviation, after the root was taken.",
    "Your training adds eps to the variance. To what does your evaluation add it?",
    "With a running variance of 0.09 and eps = 0.07 the divisor in evaluation is 0.4, the root of 0.16. Is yours "
    "0.37, the root of 0.09 and then 0.07? With a tiny eps nobody would see the difference.",
    "Compare the two lines that make the divisor, for training and for evaluation: where does the bracket of the root "
    "close in each of them? One line that both modes share could not go wrong in one of them.",
)(_with_std(lambda var, eps: np.sqrt(var) + eps, training_too=False))

wrong(
    "batchnorm_forward.eps_forgotten_in_training",
    "In training the batch is divided by its own standard deviation, without eps.",
    "What is divided by what in training, if all values of a feature are equal in this batch?",
    "For a batch variance of 0.09 and eps = 0.07 the divisor in training is 0.4. Is yours 0.3? Your evaluation has "
    "eps, so the two modes stretch a feature by different factors.",
    "Compare the lines that make the divisor in the two modes, name by name: they should differ in where mean and "
    "variance come from, and in nothing else.",
)(_with_std(lambda var, eps: np.sqrt(var), evaluation_too=False))

wrong(
    "batchnorm_forward.eps_outside_the_root_in_training",
    "In training eps is added to the standard deviation, after the root was taken.",
    "Your evaluation adds eps to the variance. To what does your training add it?",
    "With a batch variance of 0.09 and eps = 0.07 the divisor in training is 0.4, the root of 0.16. Is yours 0.37?",
    "Compare the two lines that make the divisor, for training and for evaluation: where does the bracket of the root "
    "close in each of them?",
)(_with_std(lambda var, eps: np.sqrt(var) + eps, evaluation_too=False))

wrong(
    "batchnorm_forward.running_variance_taken_for_std",
    "Evaluation divides by the running variance, as if it were a standard deviation.",
    "The entry is called var. Which operation lies between a variance and what a feature is divided by?",
    "With gamma = 1, beta = 0, running mean 0, running variance 4 and a tiny eps, an x of 4 becomes 2 in evaluation. "
    "Is yours 1? For a running variance of 1 nobody would see the difference.",
    "Look at the divisor in evaluation: is a root taken of the running variance? And what does training put into "
    "that entry, a variance or its root?",
)(_with_std(lambda var, eps: var + eps, training_too=False))
wrong.also("batchnorm_forward.running_variance_taken_for_std")(
    _with_std(lambda var, eps: np.sqrt(var**2 + eps), training_too=False)
)
wrong.also("batchnorm_forward.running_variance_taken_for_std")(_with_std(lambda var, eps: var, training_too=False))

wrong(
    "batchnorm_forward.eps_hard_coded",
    "eps is always 1e-5, so it can be written as a number.",
    "What should change in your layer if somebody passes eps = 0.5?",
    "For a variance of 0.09 and eps = 0.07 the divisor is 0.4. Is yours 0.30002, as if eps were still 0.00001?",
    "Look for a small number in your code that stands where the argument eps should be used, in either mode.",
)(_with_std(lambda var, eps: np.sqrt(var + 1e-5)))


def _moving(move):
    """Return a forward pass in which `move` makes the running statistics of training."""

    def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
        y, cache, moved = right.batchnorm_forward(x, gamma, beta, running, training, momentum, eps)
        return y, cache, move(x, running, momentum, eps) if training else moved

    return batchnorm_forward


wrong(
    "batchnorm_forward.eps_in_the_running_variance",
    "eps belongs to the variance, and is averaged with it.",
    "eps keeps a division from failing. How often would it be added to a variance that is averaged with eps and "
    "divided by with eps?",
    "With momentum 1, a batch whose unbiased variance is 2 and eps = 0.5, the running variance becomes 2. Is yours "
    "larger by about 0.5? Evaluation adds eps once more.",
    "Look at which variable enters the running variance: the variance of the batch, or the one with eps that the root "
    "is taken of?",
)(_moving(lambda x, running, momentum, eps: _moved(running, momentum, x.mean(axis=0), x.var(axis=0, ddof=1) + eps)))
wrong.also("batchnorm_forward.eps_in_the_running_variance")(
    _moving(
        lambda x, running, momentum, eps: _moved(
            running, momentum, x.mean(axis=0), (x.var(axis=0) + eps) * len(x) / (len(x) - 1)
        )
    )
)

wrong(
    "batchnorm_forward.momentum_hard_coded",
    "The new batch always weighs 0.1.",
    "What should change if somebody passes momentum = 0.5?",
    "The running mean is 0, the batch mean 10 and momentum 0.5: the new running mean is 5. Is yours 1?",
    "Look for a 0.1 or a 0.9 in the line that updates running, where the argument should be used.",
)(_moving(lambda x, running, momentum, eps: _moved(running, 0.1, x.mean(axis=0), x.var(axis=0, ddof=1))))

wrong(
    "batchnorm_forward.running_replaced",
    "The running statistics are those of the latest batch.",
    "How much of the earlier batches do your running statistics remember?",
    "The running mean is 0, the batch mean 10 and momentum 0.1: the new running mean is 1. Is yours 10?",
    "Look at the line that updates running: it should have an old part and a new one, with momentum between them.",
)(_moving(lambda x, running, momentum, eps: _moved(running, 1.0, x.mean(axis=0), x.var(axis=0, ddof=1))))

wrong(
    "batchnorm_forward.only_the_mean_moves",
    "Only the running mean has to be moved.",
    "Which two statistics does evaluation take from running?",
    "The running variance is 1, the batch's unbiased one 11 and momentum 0.1: it becomes 2. Is yours still 1?",
    "Look at the two entries of the dict that training returns: is each of them made anew?",
)(_moving(lambda x, running, momentum, eps: _moved(running, momentum, x.mean(axis=0), running["var"])))

wrong(
    "batchnorm_forward.running_std_averaged",
    "Standard deviations are averaged, and squared again.",
    "Is the square of a mean the mean of the squares?",
    "The running variance is 0, the unbiased variance of the batch 4 and momentum 0.5: it becomes 2. Is yours 1?",
    "Look at what is averaged in the line for the running variance: variances, or their roots?",
)(
    _moving(
        lambda x, running, momentum, eps: {
            "mean": (1 - momentum) * running["mean"] + momentum * x.mean(axis=0),
            "var": ((1 - momentum) * np.sqrt(running["var"]) + momentum * x.std(axis=0, ddof=1)) ** 2,
        }
    )
)

wrong(
    "batchnorm_forward.running_variance_around_the_running_mean",
    "The variance that is averaged is measured around the running mean.",
    "A variance is the spread around a mean. Around which one: that of this batch, or that of many?",
    "With momentum 0.5, running mean 0 and the batch 9, 11, the unbiased variance that enters is 2. Is yours 52?",
    "Look at what is subtracted from x for the running variance, and at what it is subtracted for y.",
)(
    _moving(
        lambda x, running, momentum, eps: _moved(
            running,
            momentum,
            x.mean(axis=0),
            ((x - (1 - momentum) * running["mean"] - momentum * x.mean(axis=0)) ** 2).sum(axis=0) / (len(x) - 1),
        )
    )
)

wrong(
    "batchnorm_forward.old_variance_corrected_again",
    "The whole new running variance is multiplied by N/(N - 1).",
    "Which of its two parts was corrected before, when it came in?",
    "N = 2, running variance 3, biased batch variance 1 and momentum 0.5: it becomes 2.5. Is yours 4?",
    "Look at the brackets around N/(N - 1) in the line for the running variance: what do they hold?",
)(
    _moving(
        lambda x, running, momentum, eps: {
            "mean": (1 - momentum) * running["mean"] + momentum * x.mean(axis=0),
            "var": ((1 - momentum) * running["var"] + momentum * x.var(axis=0)) * len(x) / (len(x) - 1),
        }
    )
)


def _std_everywhere(std_of):
    """Return a forward pass that averages standard deviations and reads them with `std_of` in evaluation."""
    evaluates = _with_std(std_of, training_too=False)

    def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
        y, cache, moved = evaluates(x, gamma, beta, running, training, momentum, eps)
        if training:
            moved = _moved(running, momentum, x.mean(axis=0), x.std(axis=0, ddof=1))
        return y, cache, moved

    return batchnorm_forward


for _std_of in (lambda var, eps: np.sqrt(var**2 + eps), lambda var, eps: var + eps):
    wrong.both("batchnorm_forward.running_standard_deviation", "batchnorm_forward.running_variance_taken_for_std")(
        _std_everywhere(_std_of)
    )


def _test_batch_moves_first(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5, *, ddof=1):
    if training:
        return right.batchnorm_forward(x, gamma, beta, running, training, momentum, eps)
    var = x.var(axis=0, ddof=ddof) if len(x) > ddof else np.zeros(x.shape[1])
    moved = _moved(running, momentum, x.mean(axis=0), var)
    y, cache = _layer(x, gamma, beta, moved["mean"], moved["var"], eps, training)
    return y, cache, moved


@wrong(
    "batchnorm_forward.test_batch_moves_running_first",
    "Every batch moves the running statistics before they are used, a test batch, too.",
    "May the answer for one example depend on which other examples happen to be tested with it?",
    "The running mean is 0, momentum 0.1, and a batch of mean 10 is evaluated: 0 is subtracted, and the running mean "
    "stays 0. Do you subtract 1, and return 1?",
    "Look at the order of your lines: the running statistics are updated before the mode is asked for.",
)
def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    return _test_batch_moves_first(x, gamma, beta, running, training, momentum, eps)


@wrong.also("batchnorm_forward.test_batch_moves_running_first")
def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    return _test_batch_moves_first(x, gamma, beta, running, training, momentum, eps, ddof=0)


@wrong(
    "batchnorm_forward.shift_scaled_by_gamma",
    "gamma multiplies the sum of the normalized value and beta.",
    "If gamma doubles, should the mean of y double, too?",
    "A normalized value of 0, gamma = 2 and beta = 5: y is 5. Is yours 10?",
    "Look at the brackets in the line that makes y: what does gamma multiply?",
)
def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    y, cache, moved = right.batchnorm_forward(x, gamma, beta, running, training, momentum, eps)
    return y - beta + gamma * beta, cache, moved


@wrong(
    "batchnorm_forward.single_example_refused_in_evaluation",
    "A batch of one example is refused, in evaluation, too.",
    "Does evaluation need the spread of its batch?",
    "One example with training=False is normalized with running like any other. Does yours raise a ValueError?",
    "Look at where the number of examples is checked: before or after the mode is asked for?",
)
def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    _need_two(x)
    return right.batchnorm_forward(x, gamma, beta, running, training, momentum, eps)


@wrong(
    "batchnorm_forward.two_examples_refused",
    "A batch needs more than two examples.",
    "From how many examples on does a feature have a spread?",
    "For the values 1 and 3 the mean is 2 and the biased variance 1. Does your function raise a ValueError for them?",
    "Look at the comparison of the number of examples with 2: is 2 itself refused?",
)
def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    if training and len(x) < 3:
        raise ValueError("training needs more than 2 examples in a batch")
    return right.batchnorm_forward(x, gamma, beta, running, training, momentum, eps)


# ---- batchnorm_backward


@wrong(
    "batchnorm_backward.statistics_are_constants",
    "Mean and variance are constants for the gradient, in training, too.",
    "In training, do the batch's mean and variance stay the same when one x changes?",
    "For x = 0, 1, 2, gamma = 1 and dy = 1, 0, 0, dx is 0.204, -0.408, 0.204. Is yours 1.225, 0, 0?",
    "Look at dx in training: by how many paths does one x reach y there, and how many of them have you followed?",
)
def batchnorm_backward(dy, cache):
    x_hat, scale, _ = cache
    return right.batchnorm_backward(dy, (x_hat, scale, False))


@wrong(
    "batchnorm_backward.no_path_through_the_mean",
    "In training x reaches y directly and through the variance, but not through the mean.",
    "Add the same number to every x of a feature: y does not change. What must dx sum up to over the batch?",
    "For x = 0, 1, 2, gamma = 1 and dy = 1, 1, 1, dx is 0, 0, 0. Is yours 1.225 in all three?",
    "Look at what is subtracted from dy in training: there should be one term for the mean and one for the variance.",
)
def batchnorm_backward(dy, cache):
    _, scale, training = cache
    dx, dgamma, dbeta = right.batchnorm_backward(dy, cache)
    return dx + scale * dbeta / len(dy) * training, dgamma, dbeta


@wrong(
    "batchnorm_backward.no_path_through_the_variance",
    "In training x reaches y directly and through the mean, but not through the variance.",
    "Stretch a feature of the batch around its mean: y hardly changes. What does that say about dx in this direction?",
    "For x = 0, 1, 2, gamma = 1 and dy = 1, 0, 0, dx is 0.204, -0.408, 0.204. Is yours 0.816, -0.408, -0.408?",
    "Look at what is subtracted from dy in training: there should be one term for the mean and one for the variance.",
)
def batchnorm_backward(dy, cache):
    x_hat, scale, training = cache
    dx, dgamma, dbeta = right.batchnorm_backward(dy, cache)
    return dx + scale * x_hat * dgamma / len(dy) * training, dgamma, dbeta


@wrong(
    "batchnorm_backward.sums_for_means",
    "The two corrections of dx in training are sums over the batch.",
    "If one x grows by 1, by how much does the mean of a batch of N examples grow?",
    "For x = 0, 1, 2, gamma = 1 and dy = 1, 1, 1, dx is 0, 0, 0. Is yours -2.449 in all three?",
    "Look at the two terms that are subtracted from dy in training: what are they divided by?",
)
def batchnorm_backward(dy, cache):
    x_hat, scale, training = cache
    dgamma, dbeta = (dy * x_hat).sum(axis=0), dy.sum(axis=0)
    if training:
        dy = dy - dbeta - x_hat * dgamma
    return scale * dy, dgamma, dbeta


@wrong(
    "batchnorm_backward.gamma_missing_in_dx",
    "dx is the gradient of the normalization; gamma matters for dgamma only.",
    "On its way back from y to x, which operations of the forward pass does the gradient meet first?",
    "With gamma = 0, y is beta whatever x is, so dx is 0. Is yours?",
    "Look at whether gamma is in the cache, and where dx uses it.",
)
class GammaMissingInDx:
    @staticmethod
    def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
        y, (x_hat, _, _), moved = right.batchnorm_forward(x, gamma, beta, running, training, momentum, eps)
        var = x.var(axis=0) if training else running["var"]
        return y, (x_hat, 1 / np.sqrt(var + eps), training), moved

    batchnorm_backward = staticmethod(right.batchnorm_backward)  # what the forward pass remembers lacks gamma


@wrong(
    "batchnorm_backward.dgamma_of_the_raw_input",
    "gamma multiplies x, so dgamma gathers dy times x.",
    "Which quantity does gamma multiply in the forward pass?",
    "For x = 10, 12 and dy = 1, 0, dgamma is -1 (for a tiny eps). Is yours 10?",
    "Look at what dy is multiplied by in dgamma, and at what the cache keeps of x.",
)
class DgammaOfTheRawInput:
    @staticmethod
    def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
        y, cache, moved = right.batchnorm_forward(x, gamma, beta, running, training, momentum, eps)
        return y, (x, cache), moved

    @staticmethod
    def batchnorm_backward(dy, cache):
        x, cache = cache
        dx, _, dbeta = right.batchnorm_backward(dy, cache)
        return dx, (dy * x).sum(axis=0), dbeta


@wrong(
    "batchnorm_backward.parameter_gradients_averaged",
    "dgamma and dbeta are means over the batch.",
    "gamma and beta act on every example. How do the gradients of several uses of one number come together?",
    "For dy = 1, 2, 3, dbeta is 6. Is yours 2?",
    "Look at how dgamma and dbeta are gathered over the batch. A 1/N of the loss is in dy already.",
)
def batchnorm_backward(dy, cache):
    dx, dgamma, dbeta = right.batchnorm_backward(dy, cache)
    return dx, dgamma / len(dy), dbeta / len(dy)


@wrong(
    "batchnorm_backward.training_formula_in_evaluation",
    "dx has one formula, whichever mode the forward pass was in.",
    "In evaluation, do the mean and variance that normalize depend on x?",
    "Running mean 0, running variance 1, gamma 1, x = -1, 0, 1: in evaluation, dy = 1, 1, 1 gives a dx of about "
    "1, 1, 1. Is yours 0, 0, 0?",
    "Look at whether the cache remembers the mode of the forward pass, and whether dx asks for it.",
)
def batchnorm_backward(dy, cache):
    x_hat, scale, _ = cache
    return right.batchnorm_backward(dy, (x_hat, scale, True))


@wrong(
    "batchnorm_backward.path_through_the_variance_added",
    "The path through the variance adds to the gradient.",
    "If an example above the mean moves up, does the variance grow or shrink? And the values that are divided by it?",
    "For x = 0, 1, 2, gamma = 1 and dy = 1, 0, 0, dx is 0.204, -0.408, 0.204. Is yours 1.429, -0.408, -1.021?",
    "Look at the sign of the term for the variance: it comes from the derivative of one over a root.",
)
def batchnorm_backward(dy, cache):
    x_hat, scale, training = cache
    dx, dgamma, dbeta = right.batchnorm_backward(dy, cache)
    return dx + 2 * scale * x_hat * dgamma / len(dy) * training, dgamma, dbeta


@wrong.both("batchnorm_backward.statistics_are_constants", "batchnorm_backward.parameter_gradients_averaged")
def batchnorm_backward(dy, cache):
    x_hat, scale, _ = cache
    return scale * dy, (dy * x_hat).mean(axis=0), dy.mean(axis=0)


def _backward_with(gradients):
    """Return both passes; `gradients` gets dy, x, mean, var, gamma, eps and training, and the right three gradients."""

    class Passes:
        @staticmethod
        def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
            y, cache, moved = right.batchnorm_forward(x, gamma, beta, running, training, momentum, eps)
            mean, var = (x.mean(axis=0), x.var(axis=0)) if training else (running["mean"], running["var"])
            return y, (cache, (x, mean, var, gamma, eps, training)), moved

        @staticmethod
        def batchnorm_backward(dy, cache):
            remembered, (x, mean, var, gamma, eps, training) = cache
            found = right.batchnorm_backward(dy, remembered)
            return gradients(dy, x, mean, var, gamma, eps, training, found)

    return Passes


def _dx(dy, x_hat, gamma, std, training):
    """Return the gradient as the formula has it, for a normalized x and a divisor that may be wrong."""
    d = dy * gamma
    if training:
        d = d - d.mean(axis=0) - x_hat * (d * x_hat).mean(axis=0)
    return d / std


def _dx_with_eps_outside(dy, x, mean, var, gamma, eps, training, found):
    x_hat = (x - mean) / np.sqrt(var + eps)
    return _dx(dy, x_hat, gamma, np.sqrt(var) + eps, training), *found[1:]


wrong(
    "batchnorm_backward.eps_outside_the_root",
    "The backward pass divides by the standard deviation plus eps.",
    "By exactly which number did the forward pass divide?",
    "For a variance of 0.09 and eps = 0.07 the forward pass divides by 0.4, so does dx. Does yours divide by 0.37?",
    "Look at the divisor in dx: it is made again in the backward pass. Where does the bracket of the root close, here "
    "and in the forward pass? What could the cache hold, so that it need not be made twice?",
)(_backward_with(_dx_with_eps_outside))
wrong.also("batchnorm_backward.eps_outside_the_root")(
    _backward_with(
        lambda dy, x, mean, var, gamma, eps, training, found: (
            _dx_with_eps_outside(dy, x, mean, var, gamma, eps, training, found) if training else found
        )
    )
)


def _all_with_eps_outside(dy, x, mean, var, gamma, eps, training, found):
    std = np.sqrt(var) + eps
    x_hat = (x - mean) / std
    return _dx(dy, x_hat, gamma, std, training), (dy * x_hat).sum(axis=0), found[2]


wrong.also("batchnorm_backward.eps_outside_the_root")(_backward_with(_all_with_eps_outside))


def _dx_without_eps(dy, x, mean, var, gamma, eps, training, found):
    return _dx(dy, (x - mean) / np.sqrt(var + eps), gamma, np.sqrt(var), training), *found[1:]


def _all_without_eps(dy, x, mean, var, gamma, eps, training, found):
    x_hat = (x - mean) / np.sqrt(var)
    return _dx(dy, x_hat, gamma, np.sqrt(var), training), (dy * x_hat).sum(axis=0), found[2]


wrong(
    "batchnorm_backward.eps_forgotten",
    "The backward pass divides by the standard deviation, without eps.",
    "By exactly which number did the forward pass divide?",
    "For a variance of 0.09 and eps = 0.07 the forward pass divides by 0.4, so does dx. Does yours divide by 0.3?",
    "Look at whether the cache knows eps, or the divisor itself, and at every root in the backward pass.",
)(_backward_with(_dx_without_eps))
wrong.also("batchnorm_backward.eps_forgotten")(_backward_with(_all_without_eps))
wrong.also("batchnorm_backward.eps_forgotten")(
    _backward_with(
        lambda dy, x, mean, var, gamma, eps, training, found: (
            _dx_without_eps(dy, x, mean, var, gamma, eps, training, found) if training else found
        )
    )
)

wrong(
    "batchnorm_backward.gamma_in_the_parameter_gradients",
    "dy is multiplied by gamma first, and all three gradients are made of that.",
    "Which gradient meets gamma on its way back, and which ones leave before?",
    "For dy = 1, 2, 3 and gamma = 10, dbeta is 6. Is yours 60?",
    "Look at which dy goes into dgamma and dbeta: the one that came in, or the one that was multiplied by gamma?",
)(_backward_with(lambda dy, x, mean, var, gamma, eps, training, found: (found[0], found[1] * gamma, found[2] * gamma)))

wrong(
    "batchnorm_backward.divided_by_the_variance",
    "dx is divided by the variance.",
    "By which number did the forward pass divide: by the variance, or by its root?",
    "In evaluation with running variance 4, gamma 1 and a tiny eps, dy = 1 gives dx = 0.5. Is yours 0.25?",
    "Look at the last division in dx: is it made twice, or is a root missing?",
)(_backward_with(lambda dy, x, mean, var, gamma, eps, training, found: (found[0] / np.sqrt(var + eps), *found[1:])))

wrong(
    "batchnorm_backward.not_divided_by_the_std",
    "The normalization has no factor of its own in dx.",
    "By how much does a normalized value grow, if x grows by 1 and the standard deviation is 4?",
    "In evaluation with running variance 4, gamma 1 and a tiny eps, dy = 1 gives dx = 0.5. Is yours 1?",
    "Look for the divisor of the forward pass in your dx.",
)(_backward_with(lambda dy, x, mean, var, gamma, eps, training, found: (found[0] * np.sqrt(var + eps), *found[1:])))

wrong(
    "batchnorm_backward.means_over_the_features",
    "The two means in dx are taken over the features of each example.",
    "Along which axis did the forward pass take mean and variance?",
    "For x = 0, 1, 2 of one feature, gamma = 1 and dy = 1, 1, 1, dx is 0, 0, 0 since the mean over the batch is "
    "subtracted. With several features, is something else subtracted in yours?",
    "Look at the axis of the two means in dx, and at that of the mean in the forward pass.",
)(
    _backward_with(
        lambda dy, x, mean, var, gamma, eps, training, found: (
            _dx_over_features(dy, (x - mean) / np.sqrt(var + eps), gamma, np.sqrt(var + eps)) if training else found[0],
            *found[1:],
        )
    )
)


def _dx_over_features(dy, x_hat, gamma, std):
    d = dy * gamma
    return (d - d.mean(axis=1, keepdims=True) - x_hat * (d * x_hat).mean(axis=1, keepdims=True)) / std


wrong(
    "batchnorm_backward.corrections_divided_by_n_minus_one",
    "The two corrections of dx are divided by N - 1.",
    "By which number was the variance divided that normalized the batch?",
    "For x = 0, 1, 2, gamma = 1 and dy = 1, 1, 1, dx is 0, 0, 0. Is yours -0.61 in all three?",
    "Look at the number that the two sums in dx are divided by. Only the running variance is divided by another one.",
)(
    _backward_with(
        lambda dy, x, mean, var, gamma, eps, training, found: (
            (
                gamma
                / np.sqrt(var + eps)
                * (dy - (found[2] + (x - mean) / np.sqrt(var + eps) * found[1]) / (len(x) - 1))
                if training
                else found[0]
            ),
            *found[1:],
        )
    )
)

wrong(
    "batchnorm_backward.dgamma_only_centered",
    "dgamma gathers dy times the distance from the mean.",
    "Which quantity does gamma multiply in the forward pass, before or after the division?",
    "For x = 0, 4 (so the normalized values are -1 and 1) and dy = 0, 1, dgamma is 1. Is yours 2?",
    "Look at what dy is multiplied by in dgamma: was it divided by the standard deviation?",
)(
    _backward_with(
        lambda dy, x, mean, var, gamma, eps, training, found: (found[0], (dy * (x - mean)).sum(axis=0), found[2])
    )
)

wrong(
    "batchnorm_backward.no_parameter_gradients_in_evaluation",
    "In evaluation gamma and beta have no gradients.",
    "In evaluation, does y change when beta grows by 1?",
    "After a forward pass with training=False, dy = 1, 2, 3 gives dbeta = 6. Is yours 0?",
    "Look at what the backward pass returns in evaluation beside dx.",
)(
    _backward_with(
        lambda dy, x, mean, var, gamma, eps, training, found: (
            found if training else (found[0], np.zeros_like(gamma), np.zeros_like(gamma))
        )
    )
)


def _batch_statistics_after_evaluation(dy, x, mean, var, gamma, eps, training, found):
    if training:
        return found
    std = np.sqrt(x.var(axis=0) + eps)
    return dy * gamma / std, (dy * (x - x.mean(axis=0)) / std).sum(axis=0), found[2]


wrong(
    "batchnorm_backward.batch_statistics_after_evaluation",
    "The backward pass takes mean and variance of the batch again, in evaluation, too.",
    "Which mean and which variance did the forward pass use in evaluation?",
    "In evaluation with running mean 0, running variance 1 and a tiny eps, x = 10, 12 and dy = 1, 0 give dgamma = 10. "
    "Is yours -1?",
    "Look at where the backward pass takes its statistics from: are they remembered, or computed again from x?",
)(_backward_with(_batch_statistics_after_evaluation))


# ---- identity_parameters


@wrong(
    "identity_parameters.eps_forgotten",
    "gamma is the batch's own standard deviation; eps plays no part.",
    "By what exactly has the layer divided before gamma multiplies?",
    "For a variance of 0.09 and eps = 0.07, gamma is 0.4. Is yours 0.3?",
    "Look at whether eps occurs in your gamma.",
)
def identity_parameters(mean, var, eps=1e-5):
    return np.sqrt(var), mean.copy()


@wrong(
    "identity_parameters.gamma_inverted",
    "gamma has to bring the spread to 1, so it is one over the standard deviation.",
    "The layer has normalized already. Must gamma repeat this or undo it?",
    "For a variance of 4 and a tiny eps, gamma is 2. Is yours 0.5?",
    "Look at whether your gamma grows or shrinks with the variance.",
)
def identity_parameters(mean, var, eps=1e-5):
    return 1 / np.sqrt(var + eps), mean.copy()


@wrong(
    "identity_parameters.beta_negated",
    "beta takes the mean away.",
    "The layer has subtracted the mean already. Must beta repeat this or undo it?",
    "In a batch of mean 5, an example at the mean is normalized to 0 and has to come back as 5. Does yours come back "
    "as -5?",
    "Look at the sign of your beta.",
)
def identity_parameters(mean, var, eps=1e-5):
    return np.sqrt(var + eps), -mean


@wrong(
    "identity_parameters.one_and_zero",
    "gamma = 1 and beta = 0, the usual values at the start, make the layer the identity.",
    "Which mean and which spread does a batch have after the layer when gamma is 1 and beta 0?",
    "The batch 1, 3 comes out as -1, 1 for gamma = 1, beta = 0 and a tiny eps. It should come back as 1, 3.",
    "Look at whether your results depend on mean and var.",
)
def identity_parameters(mean, var, eps=1e-5):
    return np.ones_like(var), np.zeros_like(mean)


@wrong(
    "identity_parameters.normalises_once_more",
    "gamma and beta are the scale and the shift that normalize: times one over the root, minus the mean over the root.",
    "The layer has normalized already. Must gamma and beta repeat this or undo it?",
    "For mean 6, variance 4 and a tiny eps, gamma is 2 and beta is 6. Are yours 0.5 and -3?",
    "Solve x = gamma * (x - mean) / root + beta for gamma and beta, and compare: which way round is yours?",
)
def identity_parameters(mean, var, eps=1e-5):
    return 1 / np.sqrt(var + eps), -mean / np.sqrt(var + eps)


@wrong.both("identity_parameters.gamma_inverted", "identity_parameters.beta_negated")
def identity_parameters(mean, var, eps=1e-5):
    return 1 / np.sqrt(var + eps), -mean


@wrong(
    "identity_parameters.eps_outside_the_root",
    "gamma is the standard deviation plus eps.",
    "To which of the two does the layer add eps, to the variance or to its root?",
    "For a variance of 0.09 and eps = 0.07, gamma is 0.4. Is yours 0.37?",
    "Look at where the bracket of the root closes in your gamma.",
)
def identity_parameters(mean, var, eps=1e-5):
    return np.sqrt(var) + eps, mean.copy()


@wrong(
    "identity_parameters.eps_hard_coded",
    "eps is always 1e-5.",
    "What should change in gamma if the layer's eps is 0.5?",
    "For a variance of 0.09 and eps = 0.07, gamma is 0.4. Is yours 0.30002?",
    "Look for a small number in your code where the argument eps should be used.",
)
def identity_parameters(mean, var, eps=1e-5):
    return np.sqrt(var + 1e-5), mean.copy()


@wrong(
    "identity_parameters.variance_for_std",
    "gamma is the variance.",
    "If x is a length in meters, in which unit is gamma, which brings the normalized values back to meters?",
    "For a variance of 4 and a tiny eps, gamma is 2. Is yours 4?",
    "Look at whether a root is taken in your gamma.",
)
def identity_parameters(mean, var, eps=1e-5):
    return var + eps, mean.copy()


@wrong(
    "identity_parameters.beta_divided_by_std",
    "beta is the mean in units of the standard deviation.",
    "In which order does the layer scale and shift: is beta scaled, too?",
    "For mean 6 and variance 4, beta is 6, since it is added at the very end. Is yours 3?",
    "Look at what your beta is divided by, and at whether anything is done to beta after it was added.",
)
def identity_parameters(mean, var, eps=1e-5):
    std = np.sqrt(var + eps)
    return std, mean / std


# ---- as a student's file has them, for repair tasks: the code above is made by other code

wrong.written(
    "batchnorm_forward.batch_statistics_in_evaluation",
    replace="""mean, var = running["mean"], running["var"]
        running = {"mean": mean.copy(), "var": var.copy()}""",
    by="mean, var = x.mean(axis=0), x.var(axis=0)",
)
wrong.written(
    "batchnorm_forward.momentum_weighs_the_old",
    replace="""(1 - momentum) * running["mean"] + momentum * mean,
            "var": (1 - momentum) * running["var"] + momentum * var""",
    by="""momentum * running["mean"] + (1 - momentum) * mean,
            "var": momentum * running["var"] + (1 - momentum) * var""",
)
wrong.written(
    "batchnorm_forward.biased_running_variance",
    replace="momentum * var * n / (n - 1)",
    by="momentum * var",
)
wrong.written(
    "batchnorm_forward.unbiased_variance_normalises",
    replace="""x.var(axis=0)
        running = {
            "mean": (1 - momentum) * running["mean"] + momentum * mean,
            "var": (1 - momentum) * running["var"] + momentum * var * n / (n - 1),""",
    by="""x.var(axis=0, ddof=1)
        running = {
            "mean": (1 - momentum) * running["mean"] + momentum * mean,
            "var": (1 - momentum) * running["var"] + momentum * var,""",
)
wrong.written(
    "batchnorm_forward.eps_outside_the_root",
    replace="1 / np.sqrt(var + eps)",
    by="1 / (np.sqrt(var) + eps)",
)
wrong.written(
    "batchnorm_forward.running_used_in_training",
    replace="""        }
    else:""",
    by="""        }
        mean, var = running["mean"], running["var"]
    else:""",
)
wrong.written(
    "batchnorm_forward.divides_by_the_variance",
    replace="1 / np.sqrt(var + eps)",
    by="1 / (var + eps)",
)
wrong.written(
    "batchnorm_forward.running_standard_deviation",
    replace="momentum * var * n / (n - 1)",
    by="momentum * np.sqrt(var * n / (n - 1))",
)
wrong.written(
    "batchnorm_forward.old_statistics_not_faded",
    replace="""(1 - momentum) * running["mean"] + momentum * mean,
            "var": (1 - momentum) * running["var"]""",
    by="""running["mean"] + momentum * mean,
            "var": running["var"]""",
)
wrong.written(
    "batchnorm_forward.eps_forgotten",
    replace="var + eps",
    by="var",
)
wrong.written(
    "batchnorm_backward.statistics_are_constants",
    replace="""    if training:
        dy = dy - (dbeta + x_hat * dgamma) / len(dy)
""",
    by="",
)
wrong.written(
    "batchnorm_backward.no_path_through_the_mean",
    replace="(dbeta + x_hat * dgamma)",
    by="x_hat * dgamma",
)
wrong.written(
    "batchnorm_backward.no_path_through_the_variance",
    replace="(dbeta + x_hat * dgamma)",
    by="dbeta",
)
wrong.written(
    "batchnorm_backward.parameter_gradients_averaged",
    replace="return scale * dy, dgamma, dbeta",
    by="return scale * dy, dgamma / len(dy), dbeta / len(dy)",
)
wrong.written(
    "batchnorm_backward.training_formula_in_evaluation",
    replace="""    if training:
        dy = dy - (dbeta + x_hat * dgamma) / len(dy)
""",
    by="""    dy = dy - (dbeta + x_hat * dgamma) / len(dy)
""",
)
wrong.written(
    "batchnorm_backward.path_through_the_variance_added",
    replace="dbeta + x_hat",
    by="dbeta - x_hat",
)
wrong.written(
    "batchnorm_backward.corrections_divided_by_n_minus_one",
    replace="/ len(dy)",
    by="/ (len(dy) - 1)",
)
