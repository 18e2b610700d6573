"""What students believe about random starting weights, and the code that comes of it."""

from __future__ import annotations

import copy

import numpy as np

from autograder.authoring import Misconceptions

from . import initializers as right

wrong = Misconceptions()


def _fan(fan_in, fan_out, mode):
    """Return the fan that `mode` names."""
    if mode not in ("fan_in", "fan_out"):
        raise ValueError(f"unknown mode {mode}")
    return fan_in if mode == "fan_in" else fan_out


# ---- zeros


@wrong(
    "zeros.shape_transposed",
    "A layer's weights have one row for each output.",
    "The layer computes xW. Which axis of W do the inputs x meet?",
    "A layer with 3 inputs and 5 outputs needs 3 rows of 5 numbers. Yours has 5 rows of 3.",
    "Look at the order of the two numbers in the shape.",
)
def zeros(fan_in, fan_out):
    return np.zeros((fan_out, fan_in))


# ---- small_normal


@wrong(
    "small_normal.std_taken_as_variance",
    "std is a variance, so its root is the standard deviation.",
    "What does the name of the argument promise, and what does NumPy's normal want for its scale?",
    "With std = 0.01 the weights should scatter by 0.01. Yours scatter by 0.1.",
    "Look at the scale that you give to the draws: something is done to std on the way.",
)
def small_normal(fan_in, fan_out, rng, std=0.01):
    return rng.normal(0.0, np.sqrt(std), size=(fan_in, fan_out))


@wrong(
    "small_normal.variance_given_to_numpy",
    "NumPy's normal wants mean and variance, as the notation N(0, std²) has it.",
    "What is the second number of N(0, std²), and what is the second argument of NumPy's normal?",
    "With std = 0.01 the weights should scatter by 0.01. Yours scatter by 0.0001.",
    "Look at the scale that you give to the draws: something is done to std on the way.",
)
def small_normal(fan_in, fan_out, rng, std=0.01):
    return rng.normal(0.0, std**2, size=(fan_in, fan_out))


@wrong(
    "small_normal.std_ignored",
    "Small weights always have the standard deviation 0.01.",
    "Which of the arguments does your code never use?",
    "With std = 2 the weights should scatter by 2. Yours scatter by 0.01.",
    "Look for a number in your code that should have a name.",
)
def small_normal(fan_in, fan_out, rng, std=0.01):
    return rng.normal(0.0, 0.01, size=(fan_in, fan_out))


@wrong(
    "small_normal.global_generator",
    "Any source of randomness will do, NumPy's global one among them.",
    "How would you draw the same weights once more, to repeat an experiment?",
    "Two generators made with the seed 0 should give the same weights. Yours differ.",
    "Look at what the draws are called on: the argument rng, or the module?",
)
def small_normal(fan_in, fan_out, rng, std=0.01):
    return np.random.normal(0.0, std, size=(fan_in, fan_out))  # noqa: NPY002  # the mistake itself


# ---- calibrated_normal


@wrong(
    "calibrated_normal.variance_taken_as_std",
    "1/fan_in is the standard deviation of the weights.",
    "Is the second number of N(0, 1/fan_in) a variance or a standard deviation, and which does NumPy want?",
    "With 100 inputs the variance should be 0.01, so the weights scatter by 0.1. Yours scatter by 0.01.",
    "Look at the scale of the draws: how do you get from a variance to a standard deviation?",
)
def calibrated_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, 1.0 / fan_in, size=(fan_in, fan_out))


@wrong(
    "calibrated_normal.fan_out_used",
    "The variance is calibrated by the number of outputs.",
    "A neuron adds up products. How many: one for each input, or one for each output?",
    "With 100 inputs and 4 outputs the weights should scatter by 0.1. Yours scatter by 0.5.",
    "Look at which of the two fans stands in the scale.",
)
def calibrated_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, np.sqrt(1.0 / fan_out), size=(fan_in, fan_out))


@wrong(
    "calibrated_normal.own_seed",
    "Reproducible weights need a generator with a fixed seed inside the function.",
    "If two layers have the same shape, should they start with the same weights?",
    "Two 6 by 5 layers drawn one after the other from one rng should differ in all 30 weights. Yours are equal.",
    "Look for the line that makes a generator: there is one among the arguments already.",
)
def calibrated_normal(fan_in, fan_out, rng):
    return right.calibrated_normal(fan_in, fan_out, np.random.default_rng(0))


@wrong.both("calibrated_normal.variance_taken_as_std", "calibrated_normal.fan_out_used")
def calibrated_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, 1.0 / fan_out, size=(fan_in, fan_out))


# ---- xavier_uniform


@wrong(
    "xavier_uniform.std_used_as_bound",
    "A uniform distribution reaches as far as its standard deviation.",
    "How large is the variance of a uniform distribution on (−a, a)?",
    "With 100 inputs and 100 outputs the weights should reach ±0.173, to scatter by 0.1. Yours reach ±0.1 only.",
    "Look at the number under the root: is it that of the uniform form or that of the normal one?",
)
def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    bound = gain * np.sqrt(2.0 / (fan_in + fan_out))
    return rng.uniform(-bound, bound, size=(fan_in, fan_out))


@wrong(
    "xavier_uniform.root_forgotten",
    "The bound is 6 divided by the sum of the fans.",
    "The variance should shrink like 1/n. How then should the bound shrink?",
    "With 300 inputs and 300 outputs the weights should reach ±0.1. Yours reach ±0.01.",
    "Look at the bound: a step between the fraction and the bound is missing.",
)
def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    bound = gain * 6.0 / (fan_in + fan_out)
    return rng.uniform(-bound, bound, size=(fan_in, fan_out))


@wrong(
    "xavier_uniform.never_negative",
    "Uniform draws lie between 0 and the bound.",
    "What is the mean of your weights?",
    "With 300 inputs and 300 outputs the weights should lie between −0.1 and 0.1, with mean 0. Your mean is 0.05.",
    "Look at the lower end of the interval that you draw from.",
)
def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    bound = gain * np.sqrt(6.0 / (fan_in + fan_out))
    return rng.uniform(0.0, bound, size=(fan_in, fan_out))


@wrong(
    "xavier_uniform.gain_ignored",
    "The gain is always 1.",
    "Which of the arguments does your code never use?",
    "With 300 inputs, 300 outputs and a gain of 2 the weights should reach ±0.2. Yours reach ±0.1.",
    "Look at the bound, and at everything that it should depend on.",
)
def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    return right.xavier_uniform(fan_in, fan_out, rng)


@wrong(
    "xavier_uniform.draws_from_a_copy",
    "Drawing changes the generator, so the draws are taken from a copy of it.",
    "What does the caller's generator draw next, after it has been used for one layer?",
    "Two 6 by 5 layers drawn one after the other from one rng should differ in all 30 weights. Yours are equal.",
    "Look at what the draws are called on. A generator is the one argument that is meant to change.",
)
def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    return right.xavier_uniform(fan_in, fan_out, copy.deepcopy(rng), gain)


@wrong(
    "xavier_uniform.gain_under_the_root",
    "The gain multiplies the variance.",
    "If the gain is multiplied by 4, by how much should the weights grow?",
    "With 300 inputs, 300 outputs and a gain of 4 the weights should reach ±0.4. Yours reach ±0.2.",
    "Look at where the gain comes in: before the root or after it?",
)
def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    bound = np.sqrt(gain * 6.0 / (fan_in + fan_out))
    return rng.uniform(-bound, bound, size=(fan_in, fan_out))


@wrong.both("xavier_uniform.std_used_as_bound", "xavier_uniform.never_negative")
def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    bound = gain * np.sqrt(2.0 / (fan_in + fan_out))
    return rng.uniform(0.0, bound, size=(fan_in, fan_out))


# ---- xavier_normal


@wrong(
    "xavier_normal.variance_taken_as_std",
    "2/(fan_in + fan_out) is the standard deviation of the weights.",
    "Is the second number of N(0, 2/(fan_in + fan_out)) a variance or a standard deviation, and which does NumPy want?",
    "With 100 inputs and 100 outputs the variance is 0.01, so the weights should scatter by 0.1. Yours do by 0.01.",
    "Look at the scale of the draws: how do you get from a variance to a standard deviation?",
)
def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    return rng.normal(0.0, gain**2 * 2.0 / (fan_in + fan_out), size=(fan_in, fan_out))


@wrong(
    "xavier_normal.six_of_the_uniform_form",
    "The root of 6/(fan_in + fan_out) is the standard deviation of the normal form, too.",
    "Both forms should scatter alike. How far do uniform weights reach, compared with how they scatter?",
    "With 100 inputs and 100 outputs the weights should scatter by 0.1. Yours scatter by 0.173.",
    "Look at the number under the root: is it that of a variance or that of a bound?",
)
def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    return rng.normal(0.0, gain * np.sqrt(6.0 / (fan_in + fan_out)), size=(fan_in, fan_out))


@wrong(
    "xavier_normal.gain_under_the_root",
    "The gain multiplies the variance.",
    "If the gain is multiplied by 4, by how much should the weights grow?",
    "With 100 inputs, 100 outputs and a gain of 4 the weights should scatter by 0.4. Yours scatter by 0.2.",
    "Look at where the gain comes in: before the root or after it?",
)
def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    return rng.normal(0.0, np.sqrt(gain * 2.0 / (fan_in + fan_out)), size=(fan_in, fan_out))


@wrong(
    "xavier_normal.brackets_missing",
    "2 / fan_in + fan_out divides 2 by the sum of the fans.",
    "In which order does Python compute a fraction and a sum?",
    "With 100 inputs and 100 outputs the weights should scatter by 0.1. Yours scatter by 10.",
    "Look at the denominator: how far does the division reach?",
)
def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    return rng.normal(0.0, gain * np.sqrt(2.0 / fan_in + fan_out), size=(fan_in, fan_out))


@wrong(
    "xavier_normal.global_generator",
    "Any source of randomness will do, NumPy's global one among them.",
    "How would you draw the same weights once more, to repeat an experiment?",
    "Two generators made with the seed 0 should give the same weights. Yours differ.",
    "Look at what the draws are called on: the argument rng, or the module?",
)
def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    std = gain * np.sqrt(2.0 / (fan_in + fan_out))
    return std * np.random.randn(fan_in, fan_out)  # noqa: NPY002  # the mistake itself


@wrong(
    "xavier_normal.two_forgotten",
    "The variance is one over the sum of the fans.",
    "If both fans are n, the variance should be 1/n, as in calibrated_normal. What is yours?",
    "With 100 inputs and 100 outputs the weights should scatter by 0.1. Yours scatter by 0.071.",
    "Look at the number above the sum of the fans: dividing by a mean is not dividing by a sum.",
)
def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    return rng.normal(0.0, gain * np.sqrt(1.0 / (fan_in + fan_out)), size=(fan_in, fan_out))


# ---- kaiming_uniform


@wrong(
    "kaiming_uniform.std_used_as_bound",
    "A uniform distribution reaches as far as its standard deviation.",
    "How large is the variance of a uniform distribution on (−a, a)?",
    "With 200 inputs the weights should reach ±0.173, to scatter by 0.1. Yours reach ±0.1 only.",
    "Look at the number under the root: is it that of the uniform form or that of the normal one?",
)
def kaiming_uniform(fan_in, fan_out, rng, mode="fan_in"):
    bound = np.sqrt(2.0 / _fan(fan_in, fan_out, mode))
    return rng.uniform(-bound, bound, size=(fan_in, fan_out))


@wrong(
    "kaiming_uniform.unknown_mode_is_fan_out",
    'Whatever is not "fan_in" must be "fan_out".',
    "What does somebody get who misspells the mode?",
    'With mode="fan_avg" your function returns weights, those for fan_out, as if nothing were wrong. '
    "It should be a ValueError.",
    "Look at the branch for fan_out: for which modes is it meant, and for which is it taken?",
)
def kaiming_uniform(fan_in, fan_out, rng, mode="fan_in"):
    bound = np.sqrt(6.0 / (fan_in if mode == "fan_in" else fan_out))
    return rng.uniform(-bound, bound, size=(fan_in, fan_out))


@wrong(
    "kaiming_uniform.own_seed",
    "Reproducible weights need a generator with a fixed seed inside the function.",
    "If two layers have the same shape, should they start with the same weights?",
    "Two 6 by 5 layers drawn one after the other from one rng should differ in all 30 weights. Yours are equal.",
    "Look for the line that makes a generator: there is one among the arguments already.",
)
def kaiming_uniform(fan_in, fan_out, rng, mode="fan_in"):
    return right.kaiming_uniform(fan_in, fan_out, np.random.default_rng(0), mode)


@wrong(
    "kaiming_uniform.factor_of_relu_forgotten",
    "The bound is the root of 3/fan, as for a linear layer.",
    "How much of its input does a ReLU let through, and what makes up for the rest?",
    "With 600 inputs the weights should reach ±0.1. Yours reach ±0.071.",
    "Look at the number above the fan: the variance is a third of the squared bound, and should be 2/fan.",
)
def kaiming_uniform(fan_in, fan_out, rng, mode="fan_in"):
    bound = np.sqrt(3.0 / _fan(fan_in, fan_out, mode))
    return rng.uniform(-bound, bound, size=(fan_in, fan_out))


@wrong.both("kaiming_uniform.std_used_as_bound", "kaiming_uniform.unknown_mode_is_fan_out")
def kaiming_uniform(fan_in, fan_out, rng, mode="fan_in"):
    bound = np.sqrt(2.0 / (fan_in if mode == "fan_in" else fan_out))
    return rng.uniform(-bound, bound, size=(fan_in, fan_out))


# ---- kaiming_normal


@wrong(
    "kaiming_normal.factor_of_relu_forgotten",
    "The variance is 1/fan, as for a linear layer.",
    "How much of its input does a ReLU let through, and what makes up for the rest?",
    "With 200 inputs the weights should scatter by 0.1. Yours scatter by 0.071.",
    "Look at the number above the fan: it is that of calibrated_normal.",
)
def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    return rng.normal(0.0, np.sqrt(1.0 / _fan(fan_in, fan_out, mode)), size=(fan_in, fan_out))


@wrong(
    "kaiming_normal.mode_ignored",
    "The variance always follows fan_in, whatever mode says.",
    "Which of the arguments does your code never use?",
    'With 200 inputs, 50 outputs and mode="fan_out" the weights should scatter by 0.2. Yours scatter by 0.1.',
    "Look at the fan under the root: who decides which of the two it is, and what if the mode is unknown?",
)
def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    return rng.normal(0.0, np.sqrt(2.0 / fan_in), size=(fan_in, fan_out))


@wrong(
    "kaiming_normal.shape_transposed",
    "A layer's weights have one row for each output, as in PyTorch.",
    "The layer computes xW. Which axis of W do the inputs x meet?",
    "A layer with 3 inputs and 5 outputs needs 3 rows of 5 numbers. Yours has 5 rows of 3.",
    "Look at the order of the two numbers in the shape.",
)
def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    return rng.normal(0.0, np.sqrt(2.0 / _fan(fan_in, fan_out, mode)), size=(fan_out, fan_in))


@wrong(
    "kaiming_normal.key_error_for_unknown_mode",
    "A failed look-up in a dict is as good as any error.",
    "Which kind of error does your function raise for an unknown mode?",
    'With mode="fan_avg" the caller expects a ValueError and prepares for it. Yours is a KeyError, which is none.',
    "Look at where the mode is looked up: what happens there if it is not found, and who decides what is raised?",
)
def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    fan = {"fan_in": fan_in, "fan_out": fan_out}[mode]
    return rng.normal(0.0, np.sqrt(2.0 / fan), size=(fan_in, fan_out))


@wrong(
    "kaiming_normal.clipped",
    "Large weights do harm, so those beyond two standard deviations are cut off there.",
    "How many draws of a normal distribution are exactly the same number?",
    "With 200 inputs, 23 of 1000 weights should be above 0.2. Of yours, 23 are exactly 0.2 and none is above.",
    "Look at what happens to the weights after they were drawn.",
)
def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    std = np.sqrt(2.0 / _fan(fan_in, fan_out, mode))
    return np.clip(rng.normal(0.0, std, size=(fan_in, fan_out)), -2 * std, 2 * std)


@wrong(
    "kaiming_normal.tails_drawn_again",
    "Weights beyond two standard deviations are drawn again until none is left.",
    "How much do the weights still scatter when the largest of them have been replaced by smaller ones?",
    "With 200 inputs the weights should scatter by 0.1, with 23 of 1000 above 0.2. Yours scatter by 0.088, none above.",
    "Look at what happens to the weights after they were drawn.",
)
def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    std = np.sqrt(2.0 / _fan(fan_in, fan_out, mode))
    W = rng.normal(0.0, std, size=(fan_in, fan_out))
    while np.any(far := np.abs(W) > 2 * std):
        W[far] = rng.normal(0.0, std, size=far.sum())
    return W


@wrong.both("kaiming_normal.factor_of_relu_forgotten", "kaiming_normal.mode_ignored")
def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    return rng.normal(0.0, np.sqrt(1.0 / fan_in), size=(fan_in, fan_out))


# ---- preactivation_variance


@wrong(
    "preactivation_variance.means_taken_as_zero",
    "Weights and inputs have mean zero, so the variances just multiply.",
    "Which of the arguments does your code never use?",
    "One input, weight of mean 0 and variance 1, input of mean 3 and variance 1: the product has the variance 10. "
    "Yours is 1.",
    "Look at the slide's formula before its last lines: which terms drop out only if the means are zero?",
)
def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    return fan_in * var_w * var_x


@wrong(
    "preactivation_variance.sum_over_first_term_only",
    "The sum over the inputs covers only the first of the three terms.",
    "Which part of the variance should double when there are twice as many inputs?",
    "With both means 1 and both variances 1, one input gives 3 and ten inputs give 30. Yours gives 12 for ten.",
    "Look at how far the factor fan_in reaches.",
)
def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    return fan_in * mean_w**2 * var_x + mean_x**2 * var_w + var_x * var_w


@wrong(
    "preactivation_variance.mean_square_for_squared_mean",
    "E[x]² is the mean of the squares of x.",
    "Is the square taken before the mean or after it?",
    "One input, both means 0 and both variances 1: the product has the variance 1. Yours is 3.",
    "Look at what stands for E[w]² and for E[x]²: is the variance counted there already?",
)
def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    square_w, square_x = mean_w**2 + var_w, mean_x**2 + var_x
    return fan_in * (square_w * var_x + square_x * var_w + var_x * var_w)


@wrong(
    "preactivation_variance.second_moment_of_the_sum",
    "The variance of a product is the mean of its square.",
    "How much does a product scatter if neither of its factors does?",
    "One input, weight always 2, input always 3: the product is always 6, its variance 0. Yours is 36.",
    "Look at the step from the mean of the square to the variance: is something still to be subtracted?",
)
def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    return fan_in * (mean_w**2 + var_w) * (mean_x**2 + var_x)


@wrong(
    "preactivation_variance.means_not_squared",
    "The means enter as they are.",
    "Can a negative mean make the variance smaller?",
    "One input, weight of mean −1 and variance 0, input of mean 0 and variance 1: the variance is 1. Yours is −1.",
    "Look at the two terms with a mean, and at the powers in them.",
)
def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    return fan_in * (mean_w * var_x + mean_x * var_w + var_x * var_w)


@wrong(
    "preactivation_variance.mean_beside_its_own_variance",
    "Each squared mean is multiplied by the variance of the same variable.",
    "A weight that is always 2 doubles its input. Whose variance does its squared mean multiply?",
    "One input, weight always 1, input of mean 0 and variance 1: the product has the variance 1. Yours is 0.",
    "Look at the two terms with a mean: which variable's variance stands in each?",
)
def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    return fan_in * (mean_w**2 * var_w + mean_x**2 * var_x + var_x * var_w)


@wrong.both("preactivation_variance.sum_over_first_term_only", "preactivation_variance.mean_square_for_squared_mean")
def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    square_w, square_x = mean_w**2 + var_w, mean_x**2 + var_x
    return fan_in * square_w * var_x + square_x * var_w + var_x * var_w


# ---- in more detail


def _normal(function, std):
    """Return an initializer that draws normal weights with a standard deviation made of its arguments."""

    def draw(fan_in, fan_out, rng, *more, **named):
        return rng.normal(0.0, std(fan_in, fan_out, *more, **named), size=(fan_in, fan_out))

    draw.__name__ = function
    return draw


def _uniform(function, bound):
    """Return an initializer that draws uniform weights up to a bound made of its arguments."""

    def draw(fan_in, fan_out, rng, *more, **named):
        limit = bound(fan_in, fan_out, *more, **named)
        return rng.uniform(-limit, limit, size=(fan_in, fan_out))

    draw.__name__ = function
    return draw


wrong(
    "calibrated_normal.factor_of_relu",
    "The variance is 2/n.",
    "Which nonlinearity does the 2 make up for, and is it in this formula?",
    "For 50 inputs the weights scatter by 0.141. Yours scatter by 0.2.",
    "Look at the number above the fraction line.",
)(_normal("calibrated_normal", lambda fan_in, fan_out: np.sqrt(2 / fan_in)))

wrong(
    "calibrated_normal.uniform_draws",
    "The weights are uniform, with the right variance.",
    "Which distribution does the name of the function promise?",
    "Of normal weights, some are farther out than two standard deviations. Yours all end at 1.73.",
    "Look at the method of rng that draws.",
)(_uniform("calibrated_normal", lambda fan_in, fan_out: np.sqrt(3 / fan_in)))

wrong(
    "calibrated_normal.fans_added",
    "The variance is 2 divided by the sum of both fans.",
    "Which fan keeps the variance of the forward pass?",
    "For 50 inputs and 30 outputs the weights scatter by 0.141. Yours scatter by 0.158.",
    "Look at which sizes your variance is made of: that is another method.",
)(_normal("calibrated_normal", lambda fan_in, fan_out: np.sqrt(2 / (fan_in + fan_out))))

wrong(
    "small_normal.uniform_draws",
    "The weights are uniform between −std and std.",
    "By how much do numbers scatter that are uniform between −1 and 1?",
    "With std = 0.01 the weights scatter by 0.01. Yours scatter by 0.0058.",
    "Look at the method of rng that draws.",
)(_uniform("small_normal", lambda fan_in, fan_out, std=0.01: std))

wrong(
    "small_normal.scaled_by_fan",
    "std is divided by the root of the number of inputs.",
    "Does the size of these weights depend on the layer's?",
    "With std = 0.01 the weights of every layer scatter by 0.01. For 100 inputs yours scatter by 0.001.",
    "Look for a fan in your scale: that is another method.",
)(_normal("small_normal", lambda fan_in, fan_out, std=0.01: std / np.sqrt(fan_in)))


@wrong(
    "small_normal.std_as_mean",
    "std is the mean as well.",
    "Around which number do the weights scatter?",
    "The weights have the mean 0. Yours have the mean std.",
    "Look at the first argument of your draws.",
)
def small_normal(fan_in, fan_out, rng, std=0.01):
    return rng.normal(std, std, size=(fan_in, fan_out))


@wrong(
    "small_normal.same_for_every_unit",
    "One column is drawn, and all units start with it.",
    "Two units with the same weights: what makes them learn different things?",
    "The columns of W differ. Yours are all the same.",
    "Look at the shape in which you draw.",
)
def small_normal(fan_in, fan_out, rng, std=0.01):
    return np.repeat(rng.normal(0.0, std, size=(fan_in, 1)), fan_out, axis=1)


wrong(
    "xavier_normal.gain_squared",
    "The standard deviation has the gain twice.",
    "If the gain doubles, what should the weights do?",
    "With gain 2 the weights are twice as large. Yours are four times as large.",
    "Count how often gain is a factor of your standard deviation.",
)(_normal("xavier_normal", lambda fan_in, fan_out, gain=1.0: gain**2 * np.sqrt(2 / (fan_in + fan_out))))

wrong(
    "xavier_normal.gain_ignored",
    "The gain is left to others.",
    "If the gain doubles, what should the weights do?",
    "With gain 2 the weights are twice as large. Yours stay as they are.",
    "Look for gain in your function.",
)(_normal("xavier_normal", lambda fan_in, fan_out, gain=1.0: np.sqrt(2 / (fan_in + fan_out))))

wrong(
    "xavier_normal.fan_in_only",
    "The variance is made of the inputs alone.",
    "Which two passes does this method compromise between?",
    "For 50 inputs and 30 outputs the weights scatter by 0.158. Yours scatter by 0.141.",
    "Look at which sizes your variance is made of.",
)(_normal("xavier_normal", lambda fan_in, fan_out, gain=1.0: gain * np.sqrt(1 / fan_in)))

wrong(
    "xavier_normal.uniform_draws",
    "The weights are uniform, with the right variance.",
    "Which distribution does the name of the function promise?",
    "Of normal weights, some are farther out than two standard deviations. Yours all end at 1.73.",
    "Look at the method of rng that draws.",
)(_uniform("xavier_normal", lambda fan_in, fan_out, gain=1.0: gain * np.sqrt(6 / (fan_in + fan_out))))

wrong(
    "xavier_uniform.fan_in_only",
    "The bound is made of the inputs alone.",
    "Which two passes does this method compromise between?",
    "For 50 inputs and 30 outputs the bound is 0.274. Yours is 0.245.",
    "Look at which sizes your bound is made of.",
)(_uniform("xavier_uniform", lambda fan_in, fan_out, gain=1.0: gain * np.sqrt(3 / fan_in)))

wrong(
    "xavier_uniform.normal_draws",
    "The weights are normal, with the bound as their standard deviation.",
    "Which distribution does the name of the function promise, and does it end anywhere?",
    "For 50 inputs and 30 outputs no weight is beyond 0.274. About a third of yours are.",
    "Look at the method of rng that draws.",
)(_normal("xavier_uniform", lambda fan_in, fan_out, gain=1.0: gain * np.sqrt(6 / (fan_in + fan_out))))

wrong(
    "xavier_uniform.normal_of_the_right_variance",
    "The weights are normal, with the right variance.",
    "Which distribution does the name of the function promise, and does it end anywhere?",
    "For 50 inputs and 30 outputs no weight is beyond 0.274. Some of yours are.",
    "Look at the method of rng that draws.",
)(_normal("xavier_uniform", lambda fan_in, fan_out, gain=1.0: gain * np.sqrt(2 / (fan_in + fan_out))))

wrong(
    "xavier_uniform.gain_squared",
    "The bound has the gain twice.",
    "If the gain doubles, what should the weights do?",
    "With gain 2 the weights are twice as large. Yours are four times as large.",
    "Count how often gain is a factor of your bound.",
)(_uniform("xavier_uniform", lambda fan_in, fan_out, gain=1.0: gain**2 * np.sqrt(6 / (fan_in + fan_out))))

wrong(
    "kaiming_uniform.mode_ignored",
    "The mode is checked, and the inputs always count.",
    "What should change with mode='fan_out'?",
    "For 50 inputs, 30 outputs and mode='fan_out' the bound is 0.447. Yours is 0.346.",
    "Look at where the mode chooses between the two sizes.",
)(
    _uniform(
        "kaiming_uniform", lambda fan_in, fan_out, mode="fan_in": np.sqrt(6 / min(_fan(fan_in, fan_in, mode), fan_in))
    )
)

wrong(
    "kaiming_uniform.modes_exchanged",
    "fan_in is the number of outputs, and fan_out that of inputs.",
    "Which size does mode='fan_in' name, by its own words?",
    "For 50 inputs, 30 outputs and mode='fan_in' the bound is 0.346. Yours is 0.447.",
    "Look at which of the two sizes each mode chooses. A matrix of another library has its axes the other way round.",
)(_uniform("kaiming_uniform", lambda fan_in, fan_out, mode="fan_in": np.sqrt(6 / _fan(fan_out, fan_in, mode))))

wrong(
    "kaiming_uniform.root_forgotten",
    "The bound is 6 divided by the fan.",
    "Is 6/fan a bound, or the square of one?",
    "For 50 inputs the bound is 0.346. Yours is 0.12.",
    "Look for a root in your bound.",
)(_uniform("kaiming_uniform", lambda fan_in, fan_out, mode="fan_in": 6 / _fan(fan_in, fan_out, mode)))

wrong(
    "kaiming_uniform.normal_draws",
    "The weights are normal, with the right variance.",
    "Which distribution does the name of the function promise, and does it end anywhere?",
    "For 50 inputs no weight is beyond 0.346. Some of yours are.",
    "Look at the method of rng that draws.",
)(_normal("kaiming_uniform", lambda fan_in, fan_out, mode="fan_in": np.sqrt(2 / _fan(fan_in, fan_out, mode))))

wrong(
    "kaiming_normal.modes_exchanged",
    "fan_in is the number of outputs, and fan_out that of inputs.",
    "Which size does mode='fan_in' name, by its own words?",
    "For 50 inputs, 30 outputs and mode='fan_in' the weights scatter by 0.2. Yours scatter by 0.258.",
    "Look at which of the two sizes each mode chooses. A matrix of another library has its axes the other way round.",
)(_normal("kaiming_normal", lambda fan_in, fan_out, mode="fan_in": np.sqrt(2 / _fan(fan_out, fan_in, mode))))

wrong(
    "kaiming_normal.variance_taken_as_std",
    "The standard deviation is 2 divided by the fan.",
    "Is 2/fan a standard deviation, or the square of one?",
    "For 50 inputs the weights scatter by 0.2. Yours scatter by 0.04.",
    "Look for a root in your scale.",
)(_normal("kaiming_normal", lambda fan_in, fan_out, mode="fan_in": 2 / _fan(fan_in, fan_out, mode)))

wrong(
    "kaiming_normal.uniform_draws",
    "The weights are uniform, with the right variance.",
    "Which distribution does the name of the function promise?",
    "Of normal weights, some are farther out than two standard deviations. Yours all end at 1.73.",
    "Look at the method of rng that draws.",
)(_uniform("kaiming_normal", lambda fan_in, fan_out, mode="fan_in": np.sqrt(6 / _fan(fan_in, fan_out, mode))))


@wrong(
    "kaiming_normal.unknown_mode_is_fan_out",
    "What is not fan_in is fan_out.",
    "What should somebody see who writes mode='fan_inn'?",
    "mode='fan_average' is unknown. Does your function return weights for it in place of a ValueError?",
    "Look at your last branch: does it ask for anything?",
)
def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    return right.kaiming_normal(fan_in, fan_out, rng, "fan_in" if mode == "fan_in" else "fan_out")


def _variance(name, belief, question, example, place, formula):
    def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
        return formula(fan_in, mean_w, var_w, mean_x, var_x)

    wrong(f"preactivation_variance.{name}", belief, question, example, place)(preactivation_variance)


_variance(
    "product_of_variances_forgotten",
    "The variance of a product has two terms.",
    "What is the variance of wx if both means are 0?",
    "Means 0, variances 2 and 3, one term: the variance is 6. Yours is 0.",
    "Count the terms in your bracket.",
    lambda n, mw, vw, mx, vx: n * (mw**2 * vx + mx**2 * vw),
)
_variance(
    "input_mean_forgotten",
    "The mean of the inputs plays no part.",
    "If every input is 10 and the weights vary, does the sum vary?",
    "Inputs all 10, weights of mean 0 and variance 1: the variance of one term is 100. Yours is 0.",
    "Look for mean_x in your formula.",
    lambda n, mw, vw, mx, vx: n * (mw**2 * vx + vx * vw),
)
_variance(
    "weight_mean_forgotten",
    "The mean of the weights plays no part.",
    "If every weight is 10 and the inputs vary, does the sum vary?",
    "Weights all 10, inputs of mean 0 and variance 1: the variance of one term is 100. Yours is 0.",
    "Look for mean_w in your formula.",
    lambda n, mw, vw, mx, vx: n * (mx**2 * vw + vx * vw),
)
_variance(
    "n_on_the_last_term_only",
    "n multiplies the last term.",
    "Of how many independent terms is s the sum?",
    "With twice as many terms the variance is twice as large. Is yours?",
    "Look at the brackets behind n.",
    lambda n, mw, vw, mx, vx: mw**2 * vx + mx**2 * vw + n * vx * vw,
)
_variance(
    "n_squared",
    "The standard deviations of the terms are added.",
    "What adds up for independent terms: the standard deviations, or the variances?",
    "With twice as many terms the variance is twice as large. Yours is four times as large.",
    "Look at the power of n.",
    lambda n, mw, vw, mx, vx: n**2 * (mw**2 * vx + mx**2 * vw + vx * vw),
)
_variance(
    "n_forgotten",
    "The variance is that of one term.",
    "Of how many independent terms is s the sum?",
    "With twice as many terms the variance is twice as large. Yours stays as it is.",
    "Look for fan_in in your formula.",
    lambda n, mw, vw, mx, vx: mw**2 * vx + mx**2 * vw + vx * vw,
)


@wrong(
    "zeros.constant",
    "All weights are equal, and small.",
    "Which number does the name of the function promise?",
    "All weights are 0. Yours are 0.01.",
    "Look at what fills your array.",
)
def zeros(fan_in, fan_out):
    return np.full((fan_in, fan_out), 0.01)
