"""What students believe about sanity checks, and the code that comes of it."""

from __future__ import annotations

import numpy as np

from autograder.authoring import Misconceptions

from . import sanity_checks as right

wrong = Misconceptions()

# ---- numerical_gradient

wrong.patch(
    "numerical_gradient.one_sided",
    "The slope is the difference to the point itself, divided by the step.",
    "To how many sides of x does a central difference look?",
    "For f(x) = x² at x = 3 with h = 0.5 the central difference is 6. Is yours 6.5?",
    "Look at the two points that you evaluate f at.",
    replace="(f(x + step) - f(x - step)) / (2 * h)",
    by="(f(x + step) - f(x)) / h",
)
wrong.patch(
    "numerical_gradient.divided_by_one_step",
    "The difference is divided by the step.",
    "How far are the two points apart from one another?",
    "For f(x) = 4x the slope is 4. Is yours 8?",
    "Look at the denominator.",
    replace="(2 * h)",
    by="h",
)
wrong.patch(
    "numerical_gradient.half_a_step",
    "The two points are h apart from one another, half of it to either side.",
    "What does h stand for in the formula: the step to one side or the whole distance?",
    "For f(x) = x³ at 0 with h = 0.2 the central difference is 0.04. Is yours 0.01?",
    "Look at how far either point is from x.",
    replace="(f(x + step) - f(x - step)) / (2 * h)",
    by="(f(x + step / 2) - f(x - step / 2)) / h",
)
wrong.patch(
    "numerical_gradient.sign_turned",
    "The first point is the lower one.",
    "Is the slope of a function that grows positive or negative?",
    "For f(x) = 4x the slope is 4. Is yours -4?",
    "Look at the order of the two values in the difference.",
    replace="f(x + step) - f(x - step)",
    by="f(x - step) - f(x + step)",
)
wrong.patch(
    "numerical_gradient.step_ignored",
    "1e-5 is always the right step.",
    "What is the argument h for?",
    "For f(x) = x³ at 0 with h = 0.2 the central difference is 0.04. Is yours nearly 0?",
    "Look for h in your code.",
    replace="gradient = np.zeros(x.shape)\n",
    by="gradient, h = np.zeros(x.shape), 1e-5\n",
)


@wrong(
    "numerical_gradient.all_elements_at_once",
    "All elements can be moved together.",
    "If two elements move together, whose slope is the difference?",
    "For f(x) = x₁ + 2x₂ the gradient is (1, 2). Is yours (3, 3)?",
    "Look at how many elements differ between the two points.",
)
def numerical_gradient(f, x, h=1e-5):
    return np.full(x.shape, (f(x + h) - f(x - h)) / (2 * h))


@wrong(
    "numerical_gradient.elements_not_put_back",
    "An element that was moved may stay where it is.",
    "At which point is the slope of the last element taken?",
    "For f(x) = x₁·x₂ at (1, 1) with h = 0.5 the gradient is (1, 1). Is yours (1, 0.5)?",
    "Look at what x holds when the loop comes to the next element.",
)
def numerical_gradient(f, x, h=1e-5):
    x, gradient = x.copy(), np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        x[index] += h
        above = f(x)
        x[index] -= 2 * h
        gradient[index] = (above - f(x)) / (2 * h)
    return gradient


@wrong(
    "numerical_gradient.relative_step",
    "The step has to be scaled with the element.",
    "What does the formula add to x: h, or a share of x?",
    "For f(x) = x³ at 1 the central difference with h = 0.1 is 3.01; at 2 it is 12.01. Is your second one 12.04?",
    "Look at what h is multiplied by.",
)
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        step, size = np.zeros(x.shape), h * (abs(x[index]) or 1.0)
        step[index] = size
        gradient[index] = (f(x + step) - f(x - step)) / (2 * size)
    return gradient


# ---- relative_error

wrong.patch(
    "relative_error.mean",
    "The error is averaged over the elements.",
    "If one entry of a million is wrong, what does a mean tell about it?",
    "For a = (1, 1) and b = (1, 3) the error is 0.5. Is yours 0.25?",
    "Look at how the elements' errors become one number.",
    replace="np.max(np.abs",
    by="np.mean(np.abs",
)


@wrong(
    "relative_error.of_norms",
    "The error is the largest difference beside the largest element.",
    "Is an element of 0.001 that should be 0.002 nearly right because another one is 1000?",
    "For a = (0.001, 1000) and b = (0.002, 1000) the error is a third. Is yours next to nothing?",
    "Look at where the maximum is taken: before the division or after it?",
)
def relative_error(a, b, floor=1e-8):
    return np.max(np.abs(a - b)) / max(floor, np.max(np.abs(a) + np.abs(b)))


wrong.patch(
    "relative_error.beside_the_first",
    "The difference is divided by the size of the first array's element.",
    "Does the error change when a and b are exchanged? Should it?",
    "For a = 1 and b = 3 the error is 0.5. Is yours 2?",
    "Look at the denominator.",
    replace="np.abs(a) + np.abs(b)",
    by="np.abs(a)",
)
wrong.patch(
    "relative_error.beside_the_larger",
    "The difference is divided by the larger one of the two.",
    "Which of the several formulas in use does the docstring ask for?",
    "For a = 1 and b = 3 the error is 0.5. Is yours 0.667?",
    "Look at what is done with the two absolute values.",
    replace="np.abs(a) + np.abs(b)",
    by="np.maximum(np.abs(a), np.abs(b))",
)
wrong.patch(
    "relative_error.mean_of_the_two",
    "The difference is divided by the mean of the two.",
    "Is there a ½ in the formula?",
    "For a = 1 and b = 3 the error is 0.5. Is yours 1?",
    "Look for a factor in the denominator.",
    replace="np.abs(a) + np.abs(b)",
    by="(np.abs(a) + np.abs(b)) / 2",
)
wrong.patch(
    "relative_error.floor_added",
    "The floor is added to the denominator.",
    "Should a floor change what is far above it?",
    "For a = 1, b = 3 and a floor of 2 the error is 0.5. Is yours 0.333?",
    "Look at how floor and sum become one denominator.",
    replace="np.maximum(floor, np.abs(a) + np.abs(b))",
    by="(floor + np.abs(a) + np.abs(b))",
)


@wrong(
    "relative_error.no_floor",
    "Two numbers are never both zero.",
    "What are 0 and 0 divided by in your code?",
    "For a = (0, 1) and b = (0, 1) the error is 0. Is yours NaN?",
    "Look for the floor.",
)
def relative_error(a, b, floor=1e-8):
    with np.errstate(all="ignore"):
        return np.max(np.abs(a - b) / (np.abs(a) + np.abs(b)))


wrong.patch(
    "relative_error.difference_alone",
    "The error is the largest difference.",
    "Is a difference of 0.01 much? Beside 0.02? Beside 1000?",
    "For a = 1 and b = 3 the error is 0.5. Is yours 2?",
    "Look for a division.",
    replace=" / np.maximum(floor, np.abs(a) + np.abs(b))",
    by="",
)
wrong.patch(
    "relative_error.signed",
    "A difference is a difference, whatever its sign.",
    "Can an error be less than nothing?",
    "For a = 1 and b = 3 the error is 0.5. Is yours -0.5?",
    "Look at the numerator.",
    replace="np.abs(a - b)",
    by="(a - b)",
)
wrong.patch(
    "relative_error.size_of_the_sum",
    "The denominator is the size of a + b.",
    "What is 1 + (-1), and how large is the error of 1 against -1?",
    "For a = 2 and b = -1 the error is 1. Is yours 3?",
    "Look at which of sum and absolute value comes first.",
    replace="np.abs(a) + np.abs(b)",
    by="np.abs(a + b)",
)


# ---- gradient_is_right


def _slopes(f, x, rng, directions, h=1e-5):
    """Yield directions, and the slope of f along each."""
    for _ in range(directions):
        d = rng.normal(size=x.shape)
        yield d, (f(x + h * d) - f(x - h * d)) / (2 * h)


@wrong(
    "gradient_is_right.absolute_tolerance",
    "A difference below 1e-4 is small.",
    "How large are the slopes of a function that is multiplied by 1e-6?",
    "A gradient of 1e-6, where 2e-6 is right, is off by half. Do you accept it? And what of 1000000.001?",
    "Look at what you compare the difference with.",
)
def gradient_is_right(f, grad, x, rng, directions=5):
    return all(abs(slope - np.sum(grad * d)) < 1e-4 for d, slope in _slopes(f, x, rng, directions))


@wrong(
    "gradient_is_right.floor_of_one",
    "The error is relative, but to 1 at least.",
    "How large are the slopes of a function that is multiplied by 1e-6?",
    "A gradient of 1e-6, where 2e-6 is right, is off by half. Do you accept it?",
    "Look at the least value that your denominator can have.",
)
def gradient_is_right(f, grad, x, rng, directions=5):
    size = max(1.0, np.sqrt(np.sum(grad**2)))
    return all(abs(slope - np.sum(grad * d)) < 1e-4 * size for d, slope in _slopes(f, x, rng, directions))


@wrong(
    "gradient_is_right.careless_tolerance",
    "Within ten percent is near enough for a numerical gradient.",
    "How exact is a central difference with a step of 1e-5 in double precision?",
    "A gradient that is 5 % too large in every entry is wrong. Do you accept it?",
    "Look at the tolerance.",
)
def gradient_is_right(f, grad, x, rng, directions=5):
    own = right.numerical_gradient(f, x)
    return np.sqrt(np.sum((own - grad) ** 2)) < 0.1 * np.sqrt(np.sum(own**2))


@wrong(
    "gradient_is_right.tolerance_too_tight",
    "In double precision two right answers agree to twelve digits.",
    "How exact is a central difference, when two nearly equal numbers are subtracted and divided by 2e-5?",
    "Rounding alone moves a slope of 1 by about 1e-11. What do you say about a right gradient?",
    "Look at the tolerance.",
)
def gradient_is_right(f, grad, x, rng, directions=5):
    own = right.numerical_gradient(f, x)
    return np.sqrt(np.sum((own - grad) ** 2)) < 1e-14 * np.sqrt(np.sum(own**2))


@wrong(
    "gradient_is_right.compares_norms",
    "Two gradients with the same norm are the same.",
    "Which norm has the gradient with the other sign?",
    "For the right gradient (3, 4), the candidate (4, -3) has the same norm. Do you accept it?",
    "Look at what is compared: vectors or two numbers?",
)
def gradient_is_right(f, grad, x, rng, directions=5):
    own = np.sqrt(np.sum(right.numerical_gradient(f, x) ** 2))
    return abs(own - np.sqrt(np.sum(grad**2))) < 1e-3 * own


@wrong(
    "gradient_is_right.compares_directions_only",
    "What counts is that the gradient points the right way.",
    "If every gradient is twice too large, is the step that follows the right one?",
    "For the right gradient (3, 4), the candidate (6, 8) is off by a factor. Do you accept it?",
    "Look at whether your comparison notices a factor.",
)
def gradient_is_right(f, grad, x, rng, directions=5):
    own = right.numerical_gradient(f, x)
    size = np.sqrt(np.sum(own**2) * np.sum(grad**2))
    return size > 0 and np.sum(own * grad) / size > 1 - 1e-6


@wrong(
    "gradient_is_right.sizes_without_signs",
    "The sizes of the entries have to agree.",
    "Which way does a step lead with a gradient whose sign is wrong?",
    "For the right gradient (3, 4), the candidate (3, -4) has a wrong sign. Do you accept it?",
    "Look for absolute values around the gradients.",
)
def gradient_is_right(f, grad, x, rng, directions=5):
    own = right.numerical_gradient(f, x)
    return np.sqrt(np.sum((np.abs(own) - np.abs(grad)) ** 2)) < 1e-3 * np.sqrt(np.sum(own**2))


@wrong(
    "gradient_is_right.along_all_ones_only",
    "One direction is enough, and that of all ones is as good as any.",
    "Which wrong gradients have the same sum as the right one?",
    "For the right gradient (3, 4), the candidate (4, 3) has the same sum. Do you accept it?",
    "Look at the directions that you try.",
)
def gradient_is_right(f, grad, x, rng, directions=5):
    slope = (f(x + 1e-5) - f(x - 1e-5)) / 2e-5
    return abs(slope - np.sum(grad)) < 1e-4 * np.sqrt(np.sum(grad**2) * grad.size)


@wrong(
    "gradient_is_right.first_elements_only",
    "A few elements are enough, if the first ones are right.",
    "Where would a mistake be that you can't see?",
    "Of sixty entries the fiftieth is wrong. Do you accept that gradient?",
    "Look at which entries are ever compared.",
)
def gradient_is_right(f, grad, x, rng, directions=5):
    own = right.numerical_gradient(f, x).ravel()[:30]
    return np.all(np.abs(own - grad.ravel()[:30]) < 1e-3 * np.sqrt(np.sum(own**2)))


@wrong(
    "gradient_is_right.one_agreement_is_enough",
    "If one of the directions agrees, the gradient is right.",
    "How many agreements does it take, and how many disagreements?",
    "For the right gradient (3, 4), the candidate (3, 0) is right along the first axis. Do you accept it?",
    "Look at how the results of all entries or directions become one.",
)
def gradient_is_right(f, grad, x, rng, directions=5):
    own = right.numerical_gradient(f, x)
    return bool(np.any(np.abs(own - grad) < 1e-5 * np.sqrt(np.sum(own**2))))


@wrong(
    "gradient_is_right.entries_in_any_order",
    "The entries have to agree when they are sorted.",
    "Does it matter which element a slope belongs to?",
    "For the right gradient (3, 4), the candidate (4, 3) has the same entries. Do you accept it?",
    "Look for what your comparison does to the order.",
)
def gradient_is_right(f, grad, x, rng, directions=5):
    own = right.numerical_gradient(f, x)
    return np.sqrt(np.sum((np.sort(own.ravel()) - np.sort(grad.ravel())) ** 2)) < 1e-3 * np.sqrt(np.sum(own**2))


@wrong(
    "gradient_is_right.says_when_it_is_wrong",
    "True means that something is wrong.",
    "What does the name of the function promise?",
    "For the right gradient the answer is True. Is yours False?",
    "Look at what is returned after the comparison.",
)
def gradient_is_right(f, grad, x, rng, directions=5):
    return not right.gradient_is_right(f, grad, x, rng, directions)


# ---- chance_loss

wrong.patch(
    "chance_loss.binary_logarithm",
    "The logarithm of the cross-entropy is the binary one.",
    "In which unit does PyTorch's cross-entropy count?",
    "For two classes the loss is 0.693. Is yours 1?",
    "Look at which logarithm you take.",
    replace="np.log(classes)",
    by="np.log2(classes)",
)
wrong.patch(
    "chance_loss.logarithm_base_ten",
    "The logarithm is the decimal one.",
    "Which base has the logarithm of the cross-entropy?",
    "For ten classes the loss is 2.303. Is yours 1?",
    "Look at which logarithm you take.",
    replace="np.log(classes)",
    by="np.log10(classes)",
)
wrong.patch(
    "chance_loss.probability_not_loss",
    "Chance is one in C.",
    "Is that a loss, or the probability that the loss takes the logarithm of?",
    "For two classes the loss is 0.693. Is yours 0.5?",
    "Look at the line for softmax.",
    replace="float(np.log(classes))",
    by="1 / classes",
)
wrong.patch(
    "chance_loss.logarithm_without_minus",
    "The loss is the logarithm of the probability.",
    "Can a loss be negative?",
    "For two classes the loss is 0.693. Is yours -0.693?",
    "Look at the sign of the line for softmax.",
    replace="float(np.log(classes))",
    by="-float(np.log(classes))",
)
wrong.patch(
    "chance_loss.right_class_counted",
    "Every class costs one margin.",
    "Does the right class cost something when its score is compared with itself?",
    "For two classes the hinge loss of equal scores is 1. Is yours 2?",
    "Count the classes that the sum of the hinge loss runs over.",
    replace="classes - 1.0",
    by="1.0 * classes",
)
wrong.patch(
    "chance_loss.one_margin",
    "Equal scores cost one margin.",
    "How many classes come too near to the right one, if all scores are equal?",
    "For five classes the hinge loss of equal scores is 4. Is yours 1?",
    "Look at whether your hinge loss depends on the number of classes.",
    replace="classes - 1.0",
    by="1.0",
)
wrong.patch(
    "chance_loss.divided_by_the_classes",
    "The hinge loss is a mean over the classes, as PyTorch's is.",
    "Over what does the lecture's hinge loss take the mean: examples or classes?",
    "For five classes the hinge loss of equal scores is 4. Is yours 0.8?",
    "Look for a division by the number of classes.",
    replace="classes - 1.0",
    by="(classes - 1.0) / classes",
)
wrong.patch(
    "chance_loss.other_kinds_are_hinge",
    "What is not softmax must be the hinge loss.",
    "What should somebody get who asks for a loss that you don't know?",
    'For kind="square" the function raises ValueError. Does yours return C - 1?',
    "Look at the last branch.",
    replace='kind == "hinge"',
    by="True",
)


@wrong(
    "chance_loss.key_error",
    "A dict refuses what it does not hold.",
    "Which exception does a failed look-up raise?",
    'For kind="square" the function raises ValueError. Does yours raise KeyError?',
    "Look at where kind is looked up.",
)
def chance_loss(classes, kind):
    return {"softmax": np.log(classes), "hinge": classes - 1.0}[kind]


# ---- update_ratio

wrong.patch(
    "update_ratio.beside_what_comes_after",
    "The change is compared with the parameters as they are now.",
    "Which norm stands in the denominator of the formula?",
    "From 1 to 3 the ratio is 2. Is yours 0.667?",
    "Look at whose norm you divide by.",
    replace="np.sqrt(np.sum(old**2))",
    by="np.sqrt(np.sum(after[name] ** 2))",
)
wrong.patch(
    "update_ratio.ratio_of_norms",
    "The ratio is that of the norms after and before.",
    "What is the ratio of a step that changes nothing?",
    "From (1, 0) to (0, 1) the norm stays 1, and the ratio is 1.41. Is yours 1, or 0?",
    "Look at what the norm in the numerator is taken of.",
    replace="np.sum((after[name] - old) ** 2)",
    by="np.sum(after[name] ** 2)",
)
wrong.patch(
    "update_ratio.difference_of_norms",
    "The change is the difference of the two norms.",
    "Can a vector change without changing its length?",
    "From (1, 0) to (0, 1) the ratio is 1.41. Is yours 0?",
    "Look at the order: first the difference, or first the norms?",
    replace="np.sqrt(np.sum((after[name] - old) ** 2))",
    by="abs(np.sqrt(np.sum(after[name] ** 2)) - np.sqrt(np.sum(old**2)))",
)
wrong.patch(
    "update_ratio.squares_without_roots",
    "Squared norms do as well.",
    "If a change is a tenth of the parameters, what is the ratio of the squares?",
    "From 10 to 11 the ratio is 0.1. Is yours 0.01?",
    "Look for the roots.",
    replace="float(change / size)",
    by="float(change / size) ** 2",
)


@wrong(
    "update_ratio.mean_of_ratios",
    "The ratio is the mean of the elements' ratios.",
    "What happens to the mean if one element is nearly zero?",
    "From (1, 10) to (2, 10) the ratio is 0.0995. Is yours 0.5?",
    "Look at what is divided: norms or elements?",
)
def update_ratio(before, after):
    ratios = {}
    for name, old in before.items():
        change = np.abs(after[name] - old)
        safe = np.where(old == 0, 1.0, np.abs(old))
        ratios[name] = np.mean(np.where((old == 0) & (change > 0), np.inf, change / safe))
    return ratios


@wrong(
    "update_ratio.one_for_all_arrays",
    "There is one ratio for the whole network.",
    "If one layer does not learn and another one explodes, what does a common ratio tell?",
    "From W = 10 to 11 and b = 1 to 2 the ratios are 0.1 and 1. Are yours equal?",
    "Count the norms that you compute.",
)
def update_ratio(before, after):
    size = np.sqrt(sum(np.sum(old**2) for old in before.values()))
    change = np.sqrt(sum(np.sum((after[name] - old) ** 2) for name, old in before.items()))
    return dict.fromkeys(before, change / size)


wrong.patch(
    "update_ratio.nan_for_nothing",
    "Nothing divided by nothing can be left to NumPy.",
    "What should the ratio of a bias be that was zero and still is?",
    "From 0 to 0 the ratio is 0. Is yours NaN?",
    "Look at what happens where the denominator is zero.",
    replace='float(change / size) if size > 0 else float("inf") if change > 0 else 0.0',
    by="float(np.divide(change, size))",
)
wrong.patch(
    "update_ratio.zero_for_a_start_from_zero",
    "Where there was nothing, the ratio is 0.",
    "Is a bias that was zero and is not any more unchanged?",
    "From 0 to 1 the ratio is infinite. Is yours 0?",
    "Look at the case of a denominator of zero: are there one or two of them?",
    replace='float("inf") if change > 0 else 0.0',
    by="0.0",
)
wrong.patch(
    "update_ratio.something_added_to_the_norm",
    "A small number in the denominator makes a case of its own unnecessary.",
    "How large is what comes of it where the denominator is nothing else?",
    "From 0 to 1 the ratio is infinite. Is yours a hundred million?",
    "Look at what you add to the norm.",
    replace='float(change / size) if size > 0 else float("inf") if change > 0 else 0.0',
    by="float(change / (size + 1e-8))",
)


# ---- dead_units


@wrong(
    "dead_units.share_of_zeros",
    "The share of zeros is the share of dead units.",
    "Is a unit dead that is silent for one example?",
    "For the rows (0, 1) and (2, 0) no unit is dead. Is yours 0.5?",
    "Look at whether the axes are treated differently.",
)
def dead_units(h):
    return np.mean(h == 0)


wrong.patch(
    "dead_units.silent_examples",
    "A row of zeros is a dead unit.",
    "What is a row of h: an example or a unit?",
    "For the rows (0, 0) and (1, 2) no unit is dead. Is yours 0.5?",
    "Look at the axis.",
    replace="axis=0",
    by="axis=1",
)
wrong.patch(
    "dead_units.silent_once",
    "A unit is dead if it is 0 for some example.",
    "Should a ReLU be silent for some of the examples?",
    "For the rows (0, 1) and (2, 0) no unit is dead. Is yours 1?",
    "Look at how a column of true and false becomes one answer.",
    replace="np.all(",
    by="np.any(",
)
wrong.patch(
    "dead_units.living_units",
    "The share is that of the units that work.",
    "What does the name of the function ask for?",
    "If 1 of 4 units is dead the share is 0.25. Is yours 0.75?",
    "Look at what is counted.",
    replace="np.mean(np.all(h == 0, axis=0))",
    by="np.mean(np.any(h != 0, axis=0))",
)
wrong.patch(
    "dead_units.number_not_share",
    "The answer is how many units are dead.",
    "What is a share?",
    "If 1 of 4 units is dead the share is 0.25. Is yours 1?",
    "Look at what you divide by.",
    replace="np.mean(np.all",
    by="np.sum(np.all",
)
wrong.patch(
    "dead_units.divided_by_the_examples",
    "The number of dead units is divided by the number of examples.",
    "Of what is it the share?",
    "If 1 of 4 units is dead for all 8 examples the share is 0.25. Is yours 0.125?",
    "Look at which length you divide by.",
    replace="np.mean(np.all(h == 0, axis=0))",
    by="np.sum(np.all(h == 0, axis=0)) / len(h)",
)
wrong.patch(
    "dead_units.negative_is_dead",
    "What is not positive is dead.",
    "Does a unit that is -1 for some example pass anything on?",
    "For the rows (-1, 0) and (-2, 0) one of two units is dead. Is yours 1?",
    "Look at the comparison with 0.",
    replace="h == 0",
    by="h <= 0",
)
wrong.patch(
    "dead_units.small_is_dead",
    "What is nearly 0 is 0.",
    "Which word stands in front of the 0 in the docstring?",
    "A unit that is 1e-12 for some example is alive. Is yours dead?",
    "Look at the comparison with 0: does it have a tolerance?",
    replace="h == 0",
    by="np.isclose(h, 0)",
)
wrong.patch(
    "dead_units.sum_is_zero",
    "A unit whose activations sum to 0 is dead.",
    "Can a sum be 0 without its terms being so?",
    "For the rows (1, 0) and (-1, 0) one of two units is dead. Is yours 1?",
    "Look at what is compared with 0.",
    replace="np.all(h == 0, axis=0)",
    by="np.sum(h, axis=0) == 0",
)

# ---- diagnose_curve

wrong.patch(
    "diagnose_curve.overfitting_first",
    "Overfitting is looked for first.",
    "If the training loss itself rises, is the network fitting anything too well?",
    "Training losses (1, 2) and validation losses (1, 2) come of a rate that is too high. Is your answer overfitting?",
    "Look at the order of your cases, and at that in the docstring.",
    replace="if not (np.all",
    by="if val_loss[-1] > 1.1 * np.min(val_loss):\n        return 'overfitting'\n    if not (np.all",
)
wrong.patch(
    "diagnose_curve.validation_not_looked_at_for_nan",
    "If the training loss is finite, so is the validation loss.",
    "Which of the two lists can hold a value that is not finite?",
    "A validation loss that is infinite for one epoch means too_high. Is your answer another one?",
    "Look at which lists you test.",
    replace=" and np.all(np.isfinite(val_loss))",
    by="",
)
wrong.patch(
    "diagnose_curve.last_value_only",
    "Only the last losses can be not finite.",
    "If a loss was infinite for one epoch, has everything been all right?",
    "Training losses (2, inf, 1) mean too_high. Is your answer another one?",
    "Look at which values you test.",
    replace="np.all(np.isfinite(train_loss)) and np.all(np.isfinite(val_loss))",
    by="np.isfinite(train_loss[-1]) and np.isfinite(val_loss[-1])",
)
wrong.patch(
    "diagnose_curve.nan_only",
    "What is not finite is NaN.",
    "Is infinity a number that a loss may have?",
    "Training losses (2, inf, 1) mean too_high. Is your answer another one?",
    "Look at the function that you test with.",
    replace="np.all(np.isfinite(train_loss)) and np.all(np.isfinite(val_loss))",
    by="not np.any(np.isnan(train_loss)) and not np.any(np.isnan(val_loss))",
)
wrong.patch(
    "diagnose_curve.infinite_only",
    "What is not finite is infinite.",
    "What comes of infinity minus infinity, some steps later?",
    "Training losses (2, NaN) mean too_high. Is your answer another one?",
    "Look at the function that you test with.",
    replace="np.all(np.isfinite(train_loss)) and np.all(np.isfinite(val_loss))",
    by="not np.any(np.isinf(train_loss)) and not np.any(np.isinf(val_loss))",
)
wrong.patch(
    "diagnose_curve.not_finite_ignored",
    "Losses are numbers.",
    "What does a comparison with NaN give?",
    "Training losses (2, NaN) mean too_high. Is your answer another one?",
    "Look for a test of whether values are finite.",
    replace="not (np.all(np.isfinite(train_loss)) and np.all(np.isfinite(val_loss))) or ",
    by="",
)
wrong.patch(
    "diagnose_curve.highest_training_loss",
    "If the training loss ever exceeds the first one, the rate is too high.",
    "Which training loss is compared with the first one?",
    "Training losses (1, 1.2, 0.5) end well. Is your answer too_high?",
    "Look for a maximum.",
    replace="train_loss[-1] > train_loss[0]",
    by="np.max(train_loss) > train_loss[0]",
)
wrong.patch(
    "diagnose_curve.lowest_training_loss",
    "The rate is too low if the training loss never came below 0.9 of the first one.",
    "Which training loss is compared with 0.9 of the first one?",
    "Training losses (1, 0.5, 0.95) have hardly moved in the end: too_low. Is your answer another one?",
    "Look for a minimum in the case of a rate that is too low.",
    replace="train_loss[-1] > 0.9 * train_loss[0]",
    by="np.min(train_loss) > 0.9 * train_loss[0]",
)
wrong.patch(
    "diagnose_curve.too_low_by_validation",
    "Whether anything moves is seen in the validation loss.",
    "Which loss does the learning rate act on?",
    "Training losses (1, 0.95) and validation losses (1, 0.5) mean too_low. Is your answer good?",
    "Look at which losses the second case compares.",
    replace="train_loss[-1] > 0.9 * train_loss[0]",
    by="val_loss[-1] > 0.9 * val_loss[0]",
)
wrong.patch(
    "diagnose_curve.a_tenth_left",
    "The rate is too low if the training loss has not fallen by nine tenths.",
    "What is 0.9 of the first loss?",
    "Training losses (1, 0.5) have moved far enough. Is your answer too_low?",
    "Look at the factor of the second case.",
    replace="0.9 * train_loss[0]",
    by="0.1 * train_loss[0]",
)
wrong.patch(
    "diagnose_curve.beside_the_first_validation_loss",
    "Overfitting means that the validation loss is larger than at the start.",
    "With which validation loss is the last one compared?",
    "Validation losses (2, 1, 1.5) mean overfitting, if training goes well. Is your answer good?",
    "Look at what the last validation loss is compared with.",
    replace="np.min(val_loss)",
    by="val_loss[0]",
)
wrong.patch(
    "diagnose_curve.beside_the_training_loss",
    "Overfitting means that the validation loss is larger than the training loss.",
    "With which loss is the last validation loss compared?",
    "Training losses (2, 1) and validation losses (3, 1.5) are good: both fall. Is your answer overfitting?",
    "Look at what the last validation loss is compared with.",
    replace="np.min(val_loss)",
    by="train_loss[-1]",
)
wrong.patch(
    "diagnose_curve.any_rise_is_overfitting",
    "Any rise of the validation loss is overfitting.",
    "Does a noisy curve end exactly at its lowest point?",
    "Validation losses (2, 1, 1.05) are still good, if training goes well. Is your answer overfitting?",
    "Look for the factor 1.1.",
    replace="1.1 * np.min(val_loss)",
    by="np.min(val_loss)",
)


# ---- as a student's file has them, for repair tasks: the code above is made by other code

wrong.never_written(
    "numerical_gradient.step_ignored",
)
