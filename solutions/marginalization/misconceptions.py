"""What students believe about averages over noise, and the code that comes of it."""

from __future__ import annotations

import numpy as np

from autograder.authoring import Misconceptions

from . import marginalization as right

wrong = Misconceptions()

# ---- dropout_moments

wrong.patch(
    "dropout_moments.mean_shrinks",
    "Dropout makes the mean smaller by the share that is kept.",
    "What are survivors multiplied by in inverted dropout, and why?",
    "For w = x = 1 and p = 0.5, m is 0 or 2. The mean is 1. Is yours 0.5?",
    "Look at the mean of a single mask element.",
    replace="return np.sum(terms)",
    by="return (1 - p) * np.sum(terms)",
)
wrong.patch(
    "dropout_moments.variance_of_zeros_and_ones",
    "The variance of a mask element is p(1 − p).",
    "Which two values does a mask element have, and how far apart are they?",
    "For w = x = 1 and p = 0.5, m is 0 or 2, and its variance is 1. Is yours 0.25?",
    "Look at what the survivors' scale does to a variance.",
    replace="p / (1 - p)",
    by="p * (1 - p)",
)
wrong.patch(
    "dropout_moments.odds_turned_over",
    "The factor of the variance is (1 − p)/p.",
    "Does a little dropout make much noise, or little?",
    "For w = x = 1 and p = 0.2 the variance is 0.25. Is yours 4?",
    "Look at which of the two probabilities stands above the line.",
    replace="p / (1 - p)",
    by="((1 - p) / p if p else 0.0)",
)
wrong.patch(
    "dropout_moments.scaled_once",
    "The factor of the variance is p.",
    "If survivors are multiplied by a number, what is their variance multiplied by?",
    "For w = x = 1 and p = 0.5 the variance is 1. Is yours 0.5?",
    "Look for the scale of the survivors, once or twice.",
    replace="p / (1 - p)",
    by="p",
)
wrong.patch(
    "dropout_moments.square_of_the_sum",
    "The variance of the sum is that of a number which is dropped as a whole.",
    "Are the terms dropped together?",
    "For w = (1, 1), x = (1, -1) and p = 0.5 the variance is 2. Is yours 0?",
    "Look at the order of square and sum.",
    replace="np.sum(terms**2)",
    by="np.sum(terms) ** 2",
)
wrong.patch(
    "dropout_moments.not_squared",
    "The terms themselves are added up in the variance.",
    "Can a variance be negative?",
    "For w = 1, x = 3 and p = 0.5 the variance is 9. Is yours 3?",
    "Look for the square.",
    replace="np.sum(terms**2)",
    by="np.sum(np.abs(terms))",
)
wrong.patch(
    "dropout_moments.standard_deviation",
    "The spread is the standard deviation.",
    "What does the docstring call the second value?",
    "For w = 1, x = 3 and p = 0.5 the variance is 9. Is yours 3?",
    "Look for a root.",
    replace="p / (1 - p) * np.sum(terms**2)",
    by="np.sqrt(p / (1 - p) * np.sum(terms**2))",
)
wrong.patch(
    "dropout_moments.weights_without_inputs",
    "The variance is that of the weights.",
    "If an input is zero, does it matter whether it is dropped?",
    "For w = 1, x = 3 and p = 0.5 the variance is 9. Is yours 1?",
    "Look at what is squared.",
    replace="np.sum(terms**2)",
    by="np.sum(w**2)",
)
wrong.patch(
    "dropout_moments.p_is_kept",
    "p is the probability of keeping.",
    "Should p = 0.1 be much noise or little?",
    "For w = x = 1 and p = 0.2 the variance is 0.25. Is yours 4, and infinite without dropout?",
    "Look at which probability p is.",
    replace="_check(p)",
    by="_check(p)\n    p = 1 - p if p else 0.5",
)
wrong.patch(
    "dropout_moments.probability_not_checked",
    "p is always a probability.",
    "What is the variance for p = 1.3?",
    "p = 1.3 is a ValueError. Does your function return a negative variance?",
    "Look at what happens to p before it is used.",
    replace="_check(p)",
    by="p = p if p != 1 else 0.5",
)
wrong.patch(
    "dropout_moments.one_allowed",
    "p = 1 is a probability, too.",
    "What are survivors divided by if nobody survives?",
    "p = 1 is a ValueError here. Does your function return something?",
    "Look at the upper end of the range that you allow.",
    replace="_check(p)",
    by="_check(p if p != 1 else 0.5)\n    p = min(p, 1 - 1e-12)",
)

# ---- exact_average

wrong.patch(
    "exact_average.all_masks_alike",
    "All masks are equally likely.",
    "For p = 0.1, is it as likely to drop everything as to drop nothing?",
    "For f(x) = x², x = 1 and p = 0.2 the average is 1.25. Is yours 0.78?",
    "Look at what every value is weighed by.",
    replace="np.prod([1 - p if keep else p for keep in kept])",
    by="0.5 ** len(x)",
)
wrong.patch(
    "exact_average.probabilities_exchanged",
    "An element is kept with probability p.",
    "Which mask is the likeliest for p = 0.1?",
    "For f(x) = x², x = 1 and p = 0.2 the average is 1.25. Is yours 0.3125?",
    "Look at the probabilities of keeping and dropping.",
    replace="1 - p if keep else p for",
    by="p if keep else 1 - p for",
)
wrong.patch(
    "exact_average.survivors_not_scaled",
    "Masks are made of zeros and ones.",
    "What are survivors multiplied by in inverted dropout?",
    "For f(x) = x, x = 1 and p = 0.2 the average is 1. Is yours 0.8?",
    "Look at what f is called with.",
    replace="np.array(kept) / (1 - p)",
    by="np.array(kept)",
)
wrong.patch(
    "exact_average.weight_scaling",
    "The average is f at the average input.",
    "For which functions is the mean of the values the value of the mean?",
    "For f(x) = x², x = 1 and p = 0.2 the average is 1.25. Is yours 1?",
    "Look at how often f is called.",
    replace="for kept in itertools.product((0.0, 1.0), repeat=len(x)):",
    by="return np.asarray(f(x.copy())) * 1.0\n    for kept in ():",
)
wrong.patch(
    "exact_average.all_dropped_left_out",
    "A mask that drops everything is no network.",
    "How likely is it that everything is dropped, and what is f then?",
    "For f(x) = cos x, x = 1 and p = 0.5 the mask 0 has the probability 0.5. Does yours have any?",
    "Look at the first mask.",
    replace="for kept in itertools.product((0.0, 1.0), repeat=len(x)):",
    by="for kept in list(itertools.product((0.0, 1.0), repeat=len(x)))[1:]:",
)
wrong.patch(
    "exact_average.one_dropped_at_a_time",
    "In every mask one element is dropped.",
    "How many masks are there for three elements?",
    "For f(x) = 1 the average is 1, since all probabilities together are. Is yours less?",
    "Count your masks, and add up their probabilities.",
    replace="for kept in itertools.product((0.0, 1.0), repeat=len(x)):",
    by="for kept in (1 - np.eye(len(x))):",
)


@wrong(
    "exact_average.elements_together",
    "An input is dropped as a whole or kept as a whole.",
    "Is every element dropped on its own?",
    "For f(x) = x₁x₂, x = (1, 1) and p = 0.5 the average is 1. Is yours 2?",
    "Count your masks.",
)
def exact_average(f, x, p):
    if not 0 <= p < 1:
        raise ValueError("p")
    return p * np.asarray(f(0 * x)) + (1 - p) * np.asarray(f(x / (1 - p)))


wrong.patch(
    "exact_average.divided_by_the_masks",
    "A mean is divided by the number of values, here too.",
    "What do all probabilities add up to?",
    "For f(x) = 1 the average is 1. Is yours 1/2^D?",
    "Look for a division after the sum.",
    replace="return average",
    by="return average / 2 ** len(x)",
)
wrong.patch(
    "exact_average.probability_not_checked",
    "p is always a probability.",
    "What is the probability of a mask for p = 1.3?",
    "p = 1.3 is a ValueError. Does your function return something?",
    "Look at what happens to p before it is used.",
    replace="_check(p)",
    by="p = p if p != 1 else 0.5",
)
wrong.patch(
    "exact_average.one_allowed",
    "p = 1 is a probability, too.",
    "What are survivors divided by if nobody survives?",
    "p = 1 is a ValueError here. Does your function return something?",
    "Look at the upper end of the range that you allow.",
    replace="_check(p)",
    by="_check(p if p != 1 else 0.5)\n    p = min(p, 1 - 1e-12)",
)

# ---- monte_carlo_average

wrong.patch(
    "monte_carlo_average.standard_deviation",
    "The standard error is the standard deviation of the values.",
    "Should a hundred times as many samples leave you as unsure?",
    "For values 0 and 2 in equal numbers, 100 of them, the standard error is 0.1. Is yours 1?",
    "Look for the number of samples.",
    replace=" / np.sqrt(samples)",
    by="",
)
wrong.patch(
    "monte_carlo_average.divided_by_n",
    "The deviation is divided by the number of samples.",
    "By how much does the spread of a mean shrink if there are four times as many samples?",
    "For values 0 and 2 in equal numbers, 100 of them, the standard error is 0.1. Is yours 0.01?",
    "Look for the root.",
    replace="np.sqrt(samples)",
    by="samples",
)
wrong.patch(
    "monte_carlo_average.biased_deviation",
    "The deviation is that of NumPy's default.",
    "What does std divide by, if it is not told otherwise?",
    "For the two values 0 and 2 the standard error is 1. Is yours 0.707?",
    "Look at the arguments of the standard deviation.",
    replace="ddof=1",
    by="ddof=0",
)
wrong.patch(
    "monte_carlo_average.variance",
    "The standard error is made of the variance.",
    "In which units is a standard error?",
    "If all values are ten times as large, so is the standard error. Is yours a hundred times as large?",
    "Look for the root of the variance.",
    replace="values.std(axis=0, ddof=1)",
    by="values.var(axis=0, ddof=1)",
)
wrong.patch(
    "monte_carlo_average.one_mask",
    "One mask is drawn, and used for all samples.",
    "What do a hundred samples tell that are all the same?",
    "With 100 samples a mean of x∘m lies between 0 and x/(1-p). Is yours always one of the two?",
    "Look at how many random numbers are drawn.",
    replace="rng.random((samples, len(x)))",
    by="np.repeat(rng.random((1, len(x))), samples, axis=0)",
)
wrong.patch(
    "monte_carlo_average.elements_together",
    "A sample is dropped as a whole or kept as a whole.",
    "Is every element dropped on its own?",
    "With two elements, in 2p(1-p) of the samples one of them is dropped. In yours never?",
    "Look at how many random numbers are drawn for a sample.",
    replace="rng.random((samples, len(x)))",
    by="np.repeat(rng.random((samples, 1)), len(x), axis=1)",
)
wrong.patch(
    "monte_carlo_average.p_is_kept",
    "p is the probability of keeping.",
    "Should p = 0.1 be much dropout or little?",
    "For p = 0.1 about a tenth of the elements is dropped. In yours nine tenths?",
    "Look at the comparison of the random numbers with p.",
    replace=">= p) / (1 - p)",
    by="<= p) / (p or 1)",
)
wrong.patch(
    "monte_carlo_average.survivors_not_scaled",
    "Masks are made of zeros and ones.",
    "What are survivors multiplied by in inverted dropout?",
    "For f(x) = x the mean is near x. Is yours near (1-p)x?",
    "Look at what f is called with.",
    replace=" >= p) / (1 - p)",
    by=" >= p) * 1.0",
)
wrong.patch(
    "monte_carlo_average.fixed_number_dropped",
    "In every sample the same number of elements is dropped.",
    "If a coin is thrown ten times, is it heads exactly five times?",
    "For D = 10 and p = 0.5 exactly five are dropped in a quarter of the samples. In all of yours?",
    "Look at whether what becomes of one element depends on the others.",
    replace="(rng.random((samples, len(x))) >= p)",
    by="(rng.random((samples, len(x))).argsort(axis=1) >= round(p * len(x)))",
)
wrong.patch(
    "monte_carlo_average.own_seed",
    "A fixed seed makes results reproducible.",
    "What is rng for?",
    "Two calls with one generator draw other masks. Do yours draw the same?",
    "Look at where your random numbers come from.",
    replace="rng.random",
    by="np.random.default_rng(0).random",
)
wrong.patch(
    "monte_carlo_average.f_of_the_mean",
    "f is evaluated at the mean of the masked inputs.",
    "For which functions is the mean of the values the value of the mean?",
    "For f(x) = x², x = 1 and p = 0.5 the mean is near 2. Is yours near 1?",
    "Look at the order of f and the mean.",
    replace="return values.mean(axis=0),",
    by="return np.asarray(f(x * masks.mean(axis=0))),",
)
wrong.patch(
    "monte_carlo_average.probability_not_checked",
    "p is always a probability.",
    "What should somebody see who passes 20 for 20 %?",
    "p = 1.3 is a ValueError. Does your function return something?",
    "Look at what happens to p before it is used.",
    replace="_check(p)",
    by="p = p if p != 1 else 0.5",
)

# ---- geometric_mean_softmax


@wrong(
    "geometric_mean_softmax.arithmetic_mean",
    "The passes' probabilities are averaged.",
    "Which mean does the name ask for?",
    "For probabilities (0.9, 0.1) and (0.5, 0.5) the result is (0.75, 0.25). Is yours (0.7, 0.3)?",
    "Look at what is done with the probabilities: a sum or a product?",
)
def geometric_mean_softmax(scores):
    powers = np.exp(scores - scores.max(axis=2, keepdims=True))
    return (powers / powers.sum(axis=2, keepdims=True)).mean(axis=0)


@wrong(
    "geometric_mean_softmax.not_normalized",
    "A geometric mean of probabilities is a probability.",
    "Do the geometric means of all classes add up to 1?",
    "For probabilities (0.9, 0.1) and (0.5, 0.5) the result is (0.75, 0.25). Is yours (0.67, 0.22)?",
    "Look at the sum of a row of your result.",
)
def geometric_mean_softmax(scores):
    top = scores.max(axis=2, keepdims=True)
    logs = scores - top - np.log(np.exp(scores - top).sum(axis=2, keepdims=True))
    return np.exp(logs.mean(axis=0))


@wrong(
    "geometric_mean_softmax.product",
    "The probabilities of all passes are multiplied, and normalized.",
    "If all passes say the same, what should their mean say?",
    "For twice the probabilities (0.9, 0.1) the result is (0.9, 0.1). Is yours (0.988, 0.012)?",
    "Look for the root.",
)
def geometric_mean_softmax(scores):
    return right.geometric_mean_softmax(scores * len(scores))


@wrong(
    "geometric_mean_softmax.overflows",
    "The exponential function takes any score.",
    "How large is exp(900) in double precision?",
    "The scores (900, 900) have the probabilities (0.5, 0.5). Are yours NaN?",
    "Look at what is handed to exp, and how large it may be.",
)
def geometric_mean_softmax(scores):
    with np.errstate(all="ignore"):
        powers = np.exp(scores)
        logs = np.log(powers / powers.sum(axis=2, keepdims=True)).mean(axis=0)
        return np.exp(logs) / np.exp(logs).sum(axis=1, keepdims=True)


@wrong(
    "geometric_mean_softmax.product_of_probabilities",
    "The root of the product of the probabilities can be taken as it is written.",
    "What becomes of a product if one factor is too small for a number of the machine?",
    "Passes with the scores (800, 0) and (0, 800) together have the probabilities (0.5, 0.5). Are yours NaN?",
    "Look at where logarithms would help.",
)
def geometric_mean_softmax(scores):
    powers = np.exp(scores - scores.max(axis=2, keepdims=True))
    with np.errstate(all="ignore"):
        means = np.prod(powers / powers.sum(axis=2, keepdims=True), axis=0) ** (1 / len(scores))
        return means / means.sum(axis=1, keepdims=True)


@wrong(
    "geometric_mean_softmax.over_the_examples",
    "The first axis counts the examples.",
    "Which axis counts the passes?",
    "For one example the result is one row. Does yours have as many equal rows as there are passes?",
    "Look at the axis of your mean, and at that of the sum.",
)
def geometric_mean_softmax(scores):
    mean = scores.mean(axis=0)
    powers = np.exp(mean - mean.max(axis=0))
    return powers / powers.sum(axis=0)


@wrong(
    "geometric_mean_softmax.first_pass",
    "One pass is as good as any.",
    "What does the second pass change?",
    "For probabilities (0.9, 0.1) and (0.5, 0.5) the result is (0.75, 0.25). Is yours (0.9, 0.1)?",
    "Look at which passes your result depends on.",
)
def geometric_mean_softmax(scores):
    return right.geometric_mean_softmax(scores[:1])


# ---- flip_average

wrong.patch(
    "flip_average.upside_down",
    "The second axis is that of the width.",
    "In which order do height and width stand in the shape?",
    "An image with a bright left half has a mirror image with a bright right half. Is yours unchanged?",
    "Look at the axis that is turned.",
    replace="images[:, :, ::-1]",
    by="images[:, ::-1]",
)
wrong.patch(
    "flip_average.channels_turned",
    "The last axis is that of the width.",
    "What does the last axis of the images count?",
    "A red image has a red mirror image. Is yours blue?",
    "Look at the axis that is turned.",
    replace="images[:, :, ::-1]",
    by="images[..., ::-1]",
)
wrong.patch(
    "flip_average.turned_around",
    "A mirror image is turned around.",
    "Is what is up still up in a mirror?",
    "The mirror image of a 'b' looks like a 'd'. Does yours look like a 'q'?",
    "Count the axes that are turned.",
    replace="images[:, :, ::-1]",
    by="images[:, ::-1, ::-1]",
)
wrong.patch(
    "flip_average.sum",
    "Both predictions are added up.",
    "If both predictions are probabilities, what do the sums of their rows come to?",
    "For predictions of 0.4 and 0.6 the mean is 0.5. Is yours 1?",
    "Look for the division.",
    replace=" / 2",
    by="",
)
wrong.patch(
    "flip_average.images_averaged",
    "The images are averaged before the prediction.",
    "What does a face look like that was averaged with its mirror image?",
    "For predict(z) = z² on the single row (1, -1) of one channel both predictions matter. Is yours that of zeros?",
    "Look at the order of mean and prediction.",
    replace="(predict(images) + predict(images[:, :, ::-1])) / 2",
    by="predict((images + images[:, :, ::-1]) / 2)",
)
wrong.patch(
    "flip_average.mirror_images_only",
    "The predictions are those of the mirror images.",
    "How many predictions are averaged?",
    "For predictions of 0.4 and 0.8 the mean is 0.6. Is yours 0.8?",
    "Look at what predict is called with.",
    replace="(predict(images) + predict(images[:, :, ::-1])) / 2",
    by="predict(images[:, :, ::-1])",
)
wrong.patch(
    "flip_average.images_only",
    "One prediction is enough.",
    "How many predictions are averaged?",
    "For predictions of 0.4 and 0.8 the mean is 0.6. Is yours 0.4?",
    "Look at what predict is called with.",
    replace="(predict(images) + predict(images[:, :, ::-1])) / 2",
    by="predict(images)",
)

# ---- bagging_indices

wrong.patch(
    "bagging_indices.without_replacement",
    "Every bag holds every example, in another order.",
    "If nothing is drawn twice, what is left out?",
    "Of 30 examples a bag leaves out about 11. Does yours leave out none?",
    "Look at whether an example can be drawn again.",
    replace="rng.integers(n, size=n)",
    by="rng.permutation(n)",
)
wrong.patch(
    "bagging_indices.same_bag_every_round",
    "One bag is drawn, and used in all rounds.",
    "What does an ensemble gain whose members have all learned from the same examples?",
    "Two bags of 30 examples differ. Are yours equal?",
    "Look at what is inside of the loop.",
    replace="bags = []\n    for _ in range(rounds):\n        indices = rng.integers(n, size=n)",
    by="bags, indices = [], rng.integers(n, size=n)\n    for _ in range(rounds):",
)
wrong.patch(
    "bagging_indices.drawn_once",
    "What is out of the bag are those that were not drawn again.",
    "Is an example that was drawn once in the bag?",
    "For the draws 0, 0, 2 of 3 examples, 1 is out of the bag. Are yours 1 and 2?",
    "Look at the numbers of draws that count as none.",
    replace="np.setdiff1d(np.arange(n), indices)",
    by="np.flatnonzero(np.bincount(indices, minlength=n) <= 1)",
)
wrong.patch(
    "bagging_indices.drawn_ones_listed",
    "The second of a pair are the examples in the bag.",
    "Which examples can tell how good a member is that has never seen them?",
    "For the draws 0, 0, 2 of 3 examples, 1 is out of the bag. Are yours 0 and 2?",
    "Look at whether the set is turned over.",
    replace="np.setdiff1d(np.arange(n), indices)",
    by="np.unique(indices)",
)
wrong.patch(
    "bagging_indices.half_of_the_examples",
    "A bag holds half as many draws as there are examples.",
    "How many draws does the docstring ask for?",
    "Of 30 examples 30 are drawn. Are yours 15?",
    "Look at the size of your draw.",
    replace="size=n",
    by="size=max(1, n // 2)",
)
wrong.patch(
    "bagging_indices.own_seed",
    "A fixed seed makes results reproducible.",
    "What is rng for?",
    "Two calls with one generator draw other bags. Do yours draw the same?",
    "Look at where your random numbers come from.",
    replace="rng.integers(n, size=n)",
    by="np.random.default_rng(len(bags)).integers(n, size=n)",
)


# ---- as a student's file has them, for repair tasks: the code above is made by other code

wrong.never_written(
    "dropout_moments.p_is_kept",
    "exact_average.weight_scaling",
    "monte_carlo_average.p_is_kept",
)
