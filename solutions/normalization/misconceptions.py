"""What is commonly believed about the statistics of data and their use, and the code that comes of it."""

from __future__ import annotations

import numpy as np

from autograder.authoring import Misconceptions

from . import normalization as right

wrong = Misconceptions()


# ---- fit_standardizer


@wrong(
    "fit_standardizer.sample_std",
    "The standard deviation divides by N − 1.",
    "Which of the two standard deviations does the handout ask for, and what should that of a single row be?",
    "The column (2, 4, 6) has the spread 1.63 here. Yours is 2, and a single row gives NaN instead of 0.",
    "Look at the number that the sum of the squares is divided by, and at the argument that sets it.",
)
def fit_standardizer(x):
    return x.mean(axis=0), x.std(axis=0, ddof=1)


@wrong(
    "fit_standardizer.axis_of_features",
    "Mean and spread are taken over the features of each example.",
    "How many means does a table of 5 examples with 3 features have?",
    "Of 5 rows and 3 columns the result is 3 means, one for each column. Yours are 5, one for each row.",
    "Look at the axis: it names the direction that the mean runs along and that disappears.",
)
def fit_standardizer(x):
    return x.mean(axis=1), x.std(axis=1)


@wrong(
    "fit_standardizer.one_for_all_features",
    "One mean and one spread of all numbers serve every feature.",
    "If one column is in years and the other in cents, what does their common mean say?",
    "The columns (0, 2) and (10, 14) have the means 1 and 12 and the spreads 1 and 2. Yours are 6.5 and 5.72 for both.",
    "Look for the argument that tells the mean along which axis to run.",
)
def fit_standardizer(x):
    return np.full(x.shape[1], x.mean()), np.full(x.shape[1], x.std())


@wrong(
    "fit_standardizer.variance_returned",
    "The spread of a feature is its variance, the mean of the squared deviations.",
    "If all lengths are given in centimeters instead of meters, by which factor should their spread grow?",
    "The column (2, 4, 6) has the spread 1.63. Yours is 2.67; ten times the data should give 16.3, not 267.",
    "Look at the last step of your spread: what turns squares back into the unit of the data?",
)
def fit_standardizer(x):
    return x.mean(axis=0), x.var(axis=0)


@wrong(
    "fit_standardizer.constant_feature_gets_one",
    "A spread of 0 is replaced by 1 here, so that nobody has to divide by 0 later.",
    "Once the 0 has been replaced, how can standardize still see that a feature was constant?",
    "The column (5, 5, 5) has the spread 0. Yours is 1, like that of (4, 4, 6, 6), which does vary.",
    "Look at what you do with a spread of 0. Which of the two functions should deal with it?",
)
def fit_standardizer(x):
    mean, std = x.mean(axis=0), x.std(axis=0)
    return mean, np.where(std == 0, 1.0, std)


@wrong(
    "fit_standardizer.spread_around_zero",
    "The spread is the root of the mean square, whatever the mean is.",
    "If 100 is added to every number of a column, should its spread change?",
    "The column (2, 4, 6) has the spread 1.63. Yours is 4.32, and with 100 added to each number it is 104.01.",
    "Look at what you square: how far is it from the mean, and how far from 0?",
)
def fit_standardizer(x):
    return x.mean(axis=0), np.sqrt(np.mean(x**2, axis=0))


@wrong(
    "fit_standardizer.mean_absolute_deviation",
    "The spread is the mean distance from the mean.",
    "Which distances count more in a standard deviation than in a plain mean of distances?",
    "The column (2, 4, 6) has the distances 2, 0, 2 and the spread 1.63. Yours is 1.33.",
    "Look at what you do with the deviations before their mean is taken, and after it.",
)
def fit_standardizer(x):
    mean = x.mean(axis=0)
    return mean, np.abs(x - mean).mean(axis=0)


@wrong(
    "fit_standardizer.batch_axis_kept",
    "Mean and spread are a table with a single row.",
    "How many axes do your two results have?",
    "Of 5 rows and 3 columns the results have the shape (3,). Yours have (1, 3): the numbers are right.",
    "Look at the options of mean and std: one of them keeps an axis that should disappear.",
)
def fit_standardizer(x):
    return x.mean(axis=0, keepdims=True), x.std(axis=0, keepdims=True)


@wrong.both("fit_standardizer.sample_std", "fit_standardizer.variance_returned")
def fit_standardizer(x):
    return x.mean(axis=0), x.var(axis=0, ddof=1)


# ---- standardize


@wrong(
    "standardize.statistics_of_x",
    "Data are standardized with their own mean and spread.",
    "Test data may be far from the training set. Should that still be visible after they are standardized?",
    "With mean 10 and std 2 the values 14 and 16 become 2 and 3. Yours become −1 and 1, as 4 and 6 would.",
    "Look for the places in your function where the arguments mean and std are used.",
)
def standardize(x, mean, std):
    return right.standardize(x, *right.fit_standardizer(x))


@wrong(
    "standardize.division_by_zero",
    "Every feature has a spread, so the division never meets a 0.",
    "What is the spread of a feature that has the same value in every training example?",
    "With mean 3 and std 0 the values 3 and 5 both become 0. Yours become NaN and infinity.",
    "Look at the division: the features whose std is 0 need a rule of their own.",
)
def standardize(x, mean, std):
    return (x - mean) / std


@wrong(
    "standardize.constant_feature_only_centred",
    "A feature without spread is divided by 1, and then it is 0 by itself.",
    "When is x − mean not 0 for a feature that was constant in the training set?",
    "With mean 3 and std 0 a new value 5 becomes 0, like every other. Yours becomes 2.",
    "Look at what is left of a feature with std 0 after you have made the division safe.",
)
def standardize(x, mean, std):
    return (x - mean) / np.where(std == 0, 1.0, std)


@wrong(
    "standardize.epsilon_in_denominator",
    "A tiny number added to the spread takes care of features that have none.",
    "How large does a small difference become when it is divided by a tiny number?",
    "With mean 3 and std 0 a new value 3.5 becomes 0. With 1e-8 in the denominator it becomes 50 million.",
    "Look at what you add to std: here a feature with std 0 is to be set, not divided.",
)
def standardize(x, mean, std):
    return (x - mean) / (std + 1e-8)


@wrong(
    "standardize.infinities_left",
    "Once NaN has been replaced by 0, nothing of the division by 0 is left.",
    "A division by 0 gives NaN for one numerator only. What does it give for all others?",
    "With mean 3 and std 0 the value 3 becomes 0, and so should 5. Yours becomes 1.8e308, the largest float.",
    "Look up what your repair makes of infinity. It should ask about std, not about the result.",
)
def standardize(x, mean, std):
    return np.nan_to_num((x - mean) / std)


@wrong(
    "standardize.std_taken_for_variance",
    "What is handed over is a variance, and its root is still to be taken.",
    "What does fit_standardizer return as its second value: the variance, or already its root?",
    "With mean 10 and std 4 the value 18 becomes 2. Yours becomes 4.",
    "Look at what you do with std before you divide by it.",
)
def standardize(x, mean, std):
    constant = std == 0
    return np.where(constant, 0.0, (x - mean) / np.sqrt(np.where(constant, 1.0, std)))


@wrong(
    "standardize.divides_before_subtracting",
    "A feature is divided by its std, and then its mean is subtracted.",
    "What should a value that equals the mean become?",
    "With mean 10 and std 2 the value 10 becomes 0, and 14 becomes 2. Yours become −5 and −3.",
    "Look at the brackets: what is the division applied to?",
)
def standardize(x, mean, std):
    constant = std == 0
    return np.where(constant, 0.0, x / np.where(constant, 1.0, std) - mean)


@wrong(
    "standardize.one_constant_feature_zeroes_all",
    "If some std is 0, the result is 0.",
    "One feature is constant and the others vary. What is still known about the others?",
    "With means (3, 10) and stds (0, 2) the row (3, 14) becomes (0, 2). Yours becomes (0, 0).",
    "Look at how you ask whether std is 0: once for all features, or for each of them?",
)
def standardize(x, mean, std):
    return np.zeros(x.shape) if np.any(std == 0) else (x - mean) / std


@wrong.both("standardize.statistics_of_x", "standardize.division_by_zero")
def standardize(x, mean, std):
    return (x - x.mean(axis=0)) / x.std(axis=0)


@wrong.both("standardize.std_taken_for_variance", "standardize.constant_feature_only_centred")
def standardize(x, mean, std):
    return (x - mean) / np.sqrt(np.where(std == 0, 1.0, std))


@wrong(
    "fit_standardizer.mean_and_std_exchanged",
    "The spread comes first.",
    "In which order does the stub return its two results?",
    "For the values 1 and 3 the results are 2 and 1. Yours are 1 and 2.",
    "Look at the order in your return.",
)
def fit_standardizer(x):
    return x.std(axis=0), x.mean(axis=0)


@wrong(
    "fit_standardizer.spread_around_the_overall_mean",
    "The spread of each feature is taken around the mean of all numbers.",
    "Around which mean does a feature spread?",
    "For the rows (1, 10) and (3, 30) the first feature spreads by 1 around 2. Yours spreads around 11.",
    "Look at the axis of the mean inside of your spread.",
)
def fit_standardizer(x):
    return x.mean(axis=0), np.sqrt(((x - x.mean()) ** 2).mean(axis=0))


@wrong(
    "fit_standardizer.epsilon_added",
    "A small number is added to the standard deviation, so that nobody divides by 0.",
    "Which of the two functions divides, and how does it know a constant feature?",
    "For a constant feature std is 0. Yours is a small number.",
    "Look for a small number in your std: it is not the statistics' business.",
)
def fit_standardizer(x):
    return x.mean(axis=0), x.std(axis=0) + 1e-3


@wrong(
    "fit_standardizer.median_for_mean",
    "The median is the middle of a feature.",
    "What is the mean of 0, 0 and 3?",
    "For the values 0, 0 and 3 the mean is 1. Yours is 0.",
    "Look at the function that you take the middle with.",
)
def fit_standardizer(x):
    return np.median(x, axis=0), x.std(axis=0)


@wrong(
    "standardize.not_centered",
    "Dividing by the spread is enough.",
    "Which mean does the standardized training set have?",
    "With mean 5 and std 2, a 7 becomes 1. Yours is 3.5.",
    "Look for the mean in your function.",
)
def standardize(x, mean, std):
    constant = std == 0
    return np.where(constant, 0.0, x / np.where(constant, 1.0, std))


@wrong(
    "standardize.mean_added",
    "The mean is added.",
    "Which mean does the standardized training set have?",
    "With mean 5 and std 2, a 7 becomes 1. Yours is 6.",
    "Look at the sign of the mean.",
)
def standardize(x, mean, std):
    return right.standardize(x, -mean, std)


@wrong(
    "standardize.multiplied_by_the_spread",
    "The distance from the mean is multiplied by the spread.",
    "Which spread does the standardized training set have?",
    "With mean 5 and std 2, a 7 becomes 1. Yours is 4.",
    "Look at the operation between the distance and std.",
)
def standardize(x, mean, std):
    return (x - mean) * std


@wrong(
    "standardize.own_mean",
    "x is centered with its own mean, and scaled with the given spread.",
    "Where do mean and spread come from when a single test row is standardized?",
    "With mean 5 and std 2, the single row 7 becomes 1. Yours is 0.",
    "Look at which mean is subtracted.",
)
def standardize(x, mean, std):
    return right.standardize(x, x.mean(axis=0), std)


@wrong(
    "standardize.outliers_clipped",
    "What is farther out than three standard deviations is cut off.",
    "What should become of a value that is 10 standard deviations away?",
    "With mean 0 and std 1, a 10 stays 10. Yours is 3.",
    "Look for a clip.",
)
def standardize(x, mean, std):
    return np.clip(right.standardize(x, mean, std), -3, 3)
