"""What students believe about penalties and the hinge loss, and the code that comes of it."""

from __future__ import annotations

import numpy as np

from autograder.authoring import Misconceptions

from . import penalties as right

wrong = Misconceptions()


def _violations(scores, y, margin):
    """Return by how much each wrong class violates the margin, 0 for the right class."""
    rows = np.arange(len(y))
    gap = np.maximum(0.0, scores - scores[rows, y][:, np.newaxis] + margin)
    gap[rows, y] = 0.0
    return gap


# ---- l2


@wrong(
    "l2.half_in_front",
    "The L2 penalty carries a factor ½, so that its derivative has no factor.",
    "Which number stands in front of the sum of squares: in the formula that is asked for, and in yours?",
    "A single weight of 3 with λ = 1 costs 9. Yours costs 4.5.",
    "Look at the factor in front of the sum, and then at the factor that the gradient lost with it.",
)
def l2(W, lam):
    return 0.5 * lam * np.sum(W**2), lam * W


@wrong(
    "l2.gradient_without_two",
    "The derivative of the squares is λ times the weights.",
    "How fast does a square grow? Differentiate the penalty of a single weight on paper.",
    "With λ = 1, the weight 3 costs 9 and the weight 3.01 costs 9.06. That is a slope of about 6; yours is 3.",
    "The penalty is right. Compare it with the line of the gradient: is that really its derivative?",
)
def l2(W, lam):
    return lam * np.sum(W**2), lam * W


@wrong(
    "l2.norm_not_squared",
    "The L2 penalty is the Euclidean norm of the weights itself.",
    "The penalty is not quite the length of W. What happens to it when all weights are doubled?",
    "With λ = 1, the weights (3, 4) cost 25 and (6, 8) cost 100. Yours cost 5 and 10.",
    "Look at the line of the penalty: is there a root, or a function of NumPy that takes one?",
)
def l2(W, lam):
    return lam * np.linalg.norm(W), 2 * lam * W


@wrong.also("l2.norm_not_squared")
def l2(W, lam):
    norm = np.linalg.norm(W)
    return lam * norm, lam * W / norm


@wrong(
    "l2.mean_of_squares",
    "The squares are averaged over the weights.",
    "If a matrix gets a row of zeros more, should its penalty change?",
    "With λ = 1, the weights (1, 2) cost 5, and so do (1, 2, 0, 0). Yours cost 2.5 and 1.25.",
    "Look at how the squares are put together, and at what the gradient is divided by.",
)
def l2(W, lam):
    return lam * np.mean(W**2), 2 * lam * W / W.size


@wrong(
    "l2.for_matrices_only",
    "Weights are always a matrix, so a norm for matrices will do.",
    "Does the sum of squares need rows and columns?",
    "With λ = 1, the vector (3, 4) costs 25 and the single number 3 costs 9. Yours raises an error for both.",
    "Look for the function that accepts a matrix only, and for one that does not care about the shape.",
)
def l2(W, lam):
    return lam * np.linalg.norm(W, "fro") ** 2, 2 * lam * W


@wrong.both("l2.mean_of_squares", "l2.gradient_without_two")
def l2(W, lam):
    return lam * np.mean(W**2), lam * W / W.size


# ---- l1


@wrong(
    "l1.zero_counts_as_positive",
    "A weight is either negative or positive, and zero counts as positive.",
    "What should L1 do to a weight that is exactly zero already?",
    "With λ = 1, the weights (−2, 0, 3) have the gradient (−1, 0, 1). Yours is (−1, 1, 1).",
    "Look at the comparison that decides the sign: how many cases does it tell apart?",
)
def l1(W, lam):
    return lam * np.sum(np.abs(W)), lam * np.where(W >= 0, 1.0, -1.0)


@wrong(
    "l1.divided_by_absolute_value",
    "The sign of a weight is the weight divided by its absolute value, whatever the weight is.",
    "For which weight does your gradient have no value at all?",
    "With λ = 1, the weights (−2, 0, 3) have the gradient (−1, 0, 1). Yours is (−1, NaN, 1).",
    "Look at the division in the gradient, and at what stands below it for a weight of 0.",
)
def l1(W, lam):
    with np.errstate(invalid="ignore"):
        return lam * np.sum(np.abs(W)), lam * W / np.abs(W)


@wrong(
    "l1.gradient_without_lam",
    "The gradient is the sign alone; λ belongs to the penalty.",
    "If λ is doubled, what becomes of the penalty, and what of its slope?",
    "With λ = 0.5, the weight 3 costs 1.5 and the weight 4 costs 2: a slope of 0.5. Yours is 1.",
    "Look at the gradient: does everything that multiplies the penalty multiply it, too?",
)
def l1(W, lam):
    return lam * np.sum(np.abs(W)), np.sign(W)


@wrong(
    "l1.absolute_value_forgotten",
    "The penalty is the sum of the weights as they are.",
    "Can a negative weight make up for a positive one, so that both are free?",
    "With λ = 1, the weights (2, −2) cost 4 and the weight −3 costs 3. Yours cost 0 and −3.",
    "Look at what is done to each weight before the sum is taken.",
)
def l1(W, lam):
    return lam * np.sum(W), lam * np.sign(W)


@wrong(
    "l1.matrix_norm",
    "NumPy's norm of order 1 adds the absolute values, whatever the shape.",
    "What does NumPy's documentation say about order 1 for a matrix?",
    "With λ = 1, the matrix with the rows (1, −2) and (0, 3) costs 6. Yours costs 5, its largest column sum.",
    "Look at the call that computes the norm: what is it, for a matrix, that NumPy returns?",
)
def l1(W, lam):
    return lam * np.linalg.norm(W, 1), lam * np.sign(W)


@wrong(
    "l1.gradient_keeps_the_size",
    "The derivative of λ·|w| is λ·|w|.",
    "How much does the penalty grow when a large weight grows by 0.01, and how much when a small one does?",
    "With λ = 1, the weights (−2, 0, 3) have the gradient (−1, 0, 1). Yours is (2, 0, 3).",
    "Look at the gradient: which part of a weight does the slope of its absolute value depend on?",
)
def l1(W, lam):
    return lam * np.sum(np.abs(W)), lam * np.abs(W)


# ---- elastic_net


@wrong(
    "elastic_net.beta_as_mixing_share",
    "β is the share of the squares in a mixture, and 1 − β is left for the absolute values.",
    "If β grows, should the absolute values weigh less?",
    "A single weight of 1 with λ = 1 and β = 0.25 costs 1.25. Yours costs 1, and would for every β.",
    "Look at what the absolute values are multiplied by, in the penalty and in the gradient.",
)
def elastic_net(W, lam, beta):
    penalty = lam * (beta * np.sum(W**2) + (1 - beta) * np.sum(np.abs(W)))
    return penalty, lam * (2 * beta * W + (1 - beta) * np.sign(W))


@wrong(
    "elastic_net.beta_on_absolute_values",
    "β weighs the absolute values.",
    "Which of the two parts is left if β is 0?",
    "A single weight of 2 with λ = 1 and β = 3 costs 14. Yours costs 10.",
    "Look at the two terms in the brackets: which of them does β stand in front of?",
)
def elastic_net(W, lam, beta):
    penalty = lam * (np.sum(W**2) + beta * np.sum(np.abs(W)))
    return penalty, lam * (2 * W + beta * np.sign(W))


@wrong(
    "elastic_net.half_on_squares",
    "The squares of the elastic net carry a factor ½.",
    "Which number stands in front of β: in the formula that is asked for, and in yours?",
    "A single weight of 2 with λ = 1 and β = 3 costs 14. Yours costs 8.",
    "Look at the part with the squares, and at the factor that its gradient lost.",
)
def elastic_net(W, lam, beta):
    penalty = lam * (0.5 * beta * np.sum(W**2) + np.sum(np.abs(W)))
    return penalty, lam * (beta * W + np.sign(W))


@wrong(
    "elastic_net.lam_applied_twice",
    "The parts that l2 and l1 return still have to be multiplied by λ.",
    "If λ is doubled, by what factor does your penalty grow?",
    "A single weight of 2 with λ = 0.5 and β = 1 costs 3. Yours costs 1.5; for λ = 1 both cost 6.",
    "Count how often λ reaches each part, on its way through l2 and l1 included.",
)
def elastic_net(W, lam, beta):
    squares, slope = right.l2(W, lam)
    absolute, sign = right.l1(W, lam)
    return lam * (beta * squares + absolute), lam * (beta * slope + sign)


@wrong(
    "elastic_net.gradient_of_squares_only",
    "Only the squares have a gradient; the absolute values are not differentiable.",
    "Which part of the penalty has no counterpart in your gradient?",
    "With λ = 1 and β = 0, the weight 2 costs 2 and the weight 2.1 costs 2.1: a slope of 1. Yours is 0.",
    "Go through the terms of the penalty one by one and look for the derivative of each.",
)
def elastic_net(W, lam, beta):
    penalty = lam * (beta * np.sum(W**2) + np.sum(np.abs(W)))
    return penalty, 2 * lam * beta * W


@wrong.both("elastic_net.beta_as_mixing_share", "elastic_net.half_on_squares")
def elastic_net(W, lam, beta):
    penalty = lam * (0.5 * beta * np.sum(W**2) + (1 - beta) * np.sum(np.abs(W)))
    return penalty, lam * (beta * W + (1 - beta) * np.sign(W))


# ---- hinge_loss


@wrong(
    "hinge_loss.right_class_counted",
    "The sum runs over all classes, the right one included.",
    "How far is the right class ahead of itself, and what does that cost in your sum?",
    "Scores 2, 0.5, 1.5, the first class right, margin 1: the loss is 0.5. Yours is 1.5.",
    "Look at the entries of the right classes just before you sum: they should not contribute.",
)
def hinge_loss(scores, y, margin=1.0):
    gap = np.maximum(0.0, scores - scores[np.arange(len(y)), y][:, np.newaxis] + margin)
    _, dscores = right.hinge_loss(scores, y, margin)
    return gap.sum() / len(y), dscores


@wrong(
    "hinge_loss.no_gradient_for_right_class",
    "Only the scores of the violating classes have a gradient.",
    "If only the right class's score rises, does the loss stay the same?",
    "Scores 2, 0.5, 1.5, the first class right: dscores is (−1, 0, 1), because a shift of all scores changes nothing. "
    "Yours is (0, 0, 1).",
    "Look at the right class's column: which score occurs in every term of an example's loss?",
)
def hinge_loss(scores, y, margin=1.0):
    gap = _violations(scores, y, margin)
    return gap.sum() / len(y), (gap > 0) / len(y)


@wrong(
    "hinge_loss.right_class_always_minus_one",
    "The right class gets −1, however many classes violate the margin.",
    "How many terms of the loss contain the right class's score, and how many of them are not zero?",
    "Scores 2, 1.8, 1.5, the first class right: two classes violate the margin, so dscores is (−2, 1, 1). "
    "Yours is (−1, 1, 1).",
    "Look at what is written into the right class's column: it should depend on the rest of the row.",
)
def hinge_loss(scores, y, margin=1.0):
    gap = _violations(scores, y, margin)
    dscores = (gap > 0).astype(float)
    dscores[np.arange(len(y)), y] = -1.0
    return gap.sum() / len(y), dscores / len(y)


@wrong(
    "hinge_loss.sum_over_examples",
    "The loss of a batch is the sum over its examples.",
    "Should a batch cost more just because it is larger?",
    "An example that alone costs 0.5 still costs 0.5 when the batch holds it twice. Yours costs 1.",
    "Look at what loss and gradient are divided by before they are returned.",
)
def hinge_loss(scores, y, margin=1.0):
    loss, dscores = right.hinge_loss(scores, y, margin)
    return loss * len(y), dscores * len(y)


@wrong(
    "hinge_loss.divided_by_classes_too",
    "The loss is the mean over all entries of the matrix, classes as well as examples.",
    "The violations are a matrix. Over which of its two axes is the mean, and over which the sum?",
    "Five equal scores and margin 1: each of four wrong classes costs 1, so the loss is 4. Yours is 0.8.",
    "Look at the number of entries that loss and gradient are divided by.",
)
def hinge_loss(scores, y, margin=1.0):
    loss, dscores = right.hinge_loss(scores, y, margin)
    return loss / scores.shape[1], dscores / scores.shape[1]


@wrong(
    "hinge_loss.gradient_not_averaged",
    "The mean concerns the loss; the gradient just counts the violations.",
    "If one of many examples changes a little, how much of that change reaches the mean?",
    "Two examples, and one violating score rises by 0.1: the loss rises by 0.05, a slope of 0.5. Yours is 1.",
    "Loss and gradient are returned together. Is the same thing done to both at the end?",
)
def hinge_loss(scores, y, margin=1.0):
    loss, dscores = right.hinge_loss(scores, y, margin)
    return loss, dscores * len(y)


@wrong(
    "hinge_loss.worst_class_only",
    "An example costs as much as its worst violation.",
    "If two wrong classes come too close to the right one, how many of them are paid for?",
    "Scores 2, 1.8, 1.5, the first class right, margin 1: violations of 0.8 and 0.5, a loss of 1.3. Yours is 0.8.",
    "Look at how the violations in a row become one number.",
)
def hinge_loss(scores, y, margin=1.0):
    rows, gap = np.arange(len(y)), _violations(scores, y, margin)
    worst = gap.argmax(axis=1)
    dscores = np.zeros(scores.shape)
    dscores[rows, worst] = gap[rows, worst] > 0
    dscores[rows, y] -= gap[rows, worst] > 0
    return gap.max(axis=1).mean(), dscores / len(y)


@wrong(
    "hinge_loss.margin_hard_coded",
    "The margin is always 1.",
    "Which of the arguments does your code never use?",
    "Scores 2, 0.5, 1.5, the first class right, margin 2: the loss is 2. Yours is 0.5, as for margin 1.",
    "Look for a 1 that should have a name.",
)
def hinge_loss(scores, y, margin=1.0):
    return right.hinge_loss(scores, y)


@wrong(
    "hinge_loss.right_and_wrong_exchanged",
    "A violation is how far the right class is ahead of the wrong one, plus the margin.",
    "Should an example cost more when its right class is further ahead?",
    "Scores 2, 0.5, 1.5, the first class right, margin 1: the loss is 0.5. Yours is 4.",
    "Look at the order of the two scores in the difference.",
)
def hinge_loss(scores, y, margin=1.0):
    loss, dscores = right.hinge_loss(-scores, y, margin)
    return loss, -dscores


@wrong(
    "hinge_loss.violations_squared",
    "The violations are squared before they are summed.",
    "If a violation is twice as large, should it cost twice or four times as much?",
    "Scores 2, 0.5, 1.5, the first class right, margin 1: one violation of 0.5, a loss of 0.5. Yours is 0.25.",
    "Look at what happens between the maximum with 0 and the sum.",
)
def hinge_loss(scores, y, margin=1.0):
    gap = _violations(scores, y, margin)
    dscores = 2 * gap
    dscores[np.arange(len(y)), y] = -dscores.sum(axis=1)
    return (gap**2).sum() / len(y), dscores / len(y)


@wrong.both("hinge_loss.right_class_counted", "hinge_loss.no_gradient_for_right_class")
def hinge_loss(scores, y, margin=1.0):
    gap = np.maximum(0.0, scores - scores[np.arange(len(y)), y][:, np.newaxis] + margin)
    return gap.sum() / len(y), (gap > 0) / len(y)


@wrong.both("hinge_loss.right_class_counted", "hinge_loss.sum_over_examples")
def hinge_loss(scores, y, margin=1.0):
    gap = np.maximum(0.0, scores - scores[np.arange(len(y)), y][:, np.newaxis] + margin)
    _, dscores = right.hinge_loss(scores, y, margin)
    return gap.sum(), dscores * len(y)


# ---- regularized_hinge_loss


def _penalty(W, lam, penalty, beta):
    """Return the named penalty of the weights and its gradient."""
    if penalty == "l2":
        return right.l2(W, lam)
    if penalty == "l1":
        return right.l1(W, lam)
    if penalty == "elastic_net":
        return right.elastic_net(W, lam, beta)
    raise ValueError(f"unknown penalty {penalty}")


def _data_part(W, x, y):
    """Return the hinge loss of a linear classifier and its gradient."""
    loss, dscores = right.hinge_loss(x @ W, y)
    return loss, x.T @ dscores


@wrong(
    "regularized_hinge_loss.penalty_in_loss_only",
    "The penalty changes the loss; the gradient is that of the data.",
    "If every example were safely right, would the weights still have a reason to shrink?",
    'With λ = 0.5 and "l2", a weight of 3 adds 3 to its slope, whatever the data say. Your dW lacks that.',
    "Both penalty and data return two things. Look for the one that never reaches dW.",
)
def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    loss, dW = _data_part(W, x, y)
    regularizer, _ = _penalty(W, lam, penalty, beta)
    return loss + regularizer, dW


@wrong(
    "regularized_hinge_loss.lam_applied_twice",
    "The penalty that l2, l1 or elastic_net returns still has to be multiplied by λ.",
    "If λ is doubled, by what factor does your penalty grow?",
    'With "l2", λ = 0.5 and weights whose squares sum to 4, the penalty adds 2 to the hinge loss. Yours adds 1.',
    "Follow λ through your code: the penalties have seen it before you use it again.",
)
def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    loss, dW = _data_part(W, x, y)
    regularizer, slope = _penalty(W, lam, penalty, beta)
    return loss + lam * regularizer, dW + lam * slope


@wrong(
    "regularized_hinge_loss.penalty_averaged_over_examples",
    "The penalty is divided by the number of examples, as the data loss is.",
    "Does the size of a weight depend on how many examples there are?",
    "Give every one of 4 examples twice: the objective must not change. A penalty of 2 adds 0.5 to your loss at first, "
    "then 0.25.",
    "Look at what is divided by N: which of the two parts is a mean over examples?",
)
def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    loss, dW = _data_part(W, x, y)
    regularizer, slope = _penalty(W, lam, penalty, beta)
    return loss + regularizer / len(y), dW + slope / len(y)


@wrong(
    "regularized_hinge_loss.gradient_averaged_twice",
    "The gradient of the data still has to be divided by the number of examples.",
    "What has hinge_loss done to dscores before it returns them?",
    "With λ = 0, give every one of 4 examples twice: neither the loss nor dW may change. Your dW is halved.",
    "Look at the line that turns dscores into dW: is there a division that hinge_loss has made already?",
)
def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    loss, dW = _data_part(W, x, y)
    regularizer, slope = _penalty(W, lam, penalty, beta)
    return loss + regularizer, dW / len(y) + slope


@wrong(
    "regularized_hinge_loss.beta_not_passed_on",
    "The elastic net is the sum of the two other penalties.",
    "What can a caller change about your elastic net, apart from λ?",
    "If the only weight that is not 0 is a 1, λ = 1 and β = 3, the elastic net adds 4 to the hinge loss. Yours adds 2.",
    "Look for the argument that your branch for the elastic net does not use.",
)
def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    loss, dW = _data_part(W, x, y)
    regularizer, slope = _penalty(W, lam, penalty, 1.0)
    return loss + regularizer, dW + slope


@wrong(
    "regularized_hinge_loss.unknown_penalty_is_elastic_net",
    "Whatever is neither L2 nor L1 must be the elastic net.",
    "What does somebody get who misspells the name of a penalty?",
    'With penalty="l3" your function returns a loss, that of the elastic net, as if nothing were wrong. '
    "It should be a ValueError.",
    "Look at the last branch: for which names is it meant, and for which is it taken?",
)
def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    known = penalty if penalty in ("l2", "l1") else "elastic_net"
    return right.regularized_hinge_loss(W, x, y, lam, known, beta)


@wrong(
    "regularized_hinge_loss.key_error_for_unknown_penalty",
    "A failed look-up in a dict is as good as any error.",
    "Which kind of error does your function raise for an unknown penalty?",
    'With penalty="l3" the caller expects a ValueError and prepares for it. Yours is a KeyError, which is none.',
    "Look at where the name is looked up: what happens there if it is not found, and who decides what is raised?",
)
def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    squares, absolute = {"l2": (1.0, 0.0), "l1": (0.0, 1.0), "elastic_net": (beta, 1.0)}[penalty]
    loss, dW = _data_part(W, x, y)
    regularizer = lam * (squares * np.sum(W**2) + absolute * np.sum(np.abs(W)))
    return loss + regularizer, dW + lam * (2 * squares * W + absolute * np.sign(W))


@wrong.both("regularized_hinge_loss.penalty_averaged_over_examples", "regularized_hinge_loss.penalty_in_loss_only")
def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    loss, dW = _data_part(W, x, y)
    regularizer, _ = _penalty(W, lam, penalty, beta)
    return loss + regularizer / len(y), dW


# ---- in more detail


def _patches(function, changes):
    """Add misconceptions that change one place of the solution each."""
    for name, (belief, question, example, place, replace, by) in changes.items():
        wrong.patch(f"{function}.{name}", belief, question, example, place, replace=replace, by=by)


_patches(
    "l2",
    {
        "lam_twice_in_gradient": (
            "The gradient is multiplied by λ twice.",
            "If λ doubles, what should the gradient do?",
            "For W = 3 and λ = 0.5 the gradient is 3. Yours is 1.5.",
            "Count how often lam is a factor of your gradient.",
            "2 * lam * W",
            "2 * lam**2 * W",
        ),
        "lam_missing_in_gradient": (
            "The gradient has no λ.",
            "If λ doubles, what should the gradient do?",
            "For W = 3 and λ = 0.5 the gradient is 3. Yours is 6, for every λ.",
            "Look for lam in your gradient.",
            "2 * lam * W",
            "2 * W",
        ),
        "absolute_values_for_squares": (
            "The penalty is the sum of absolute values.",
            "What does a weight of 3 cost?",
            "For W = 3 and λ = 1 the penalty is 9. Yours is 3.",
            "Look at what is done with the weights before they are added up.",
            "np.sum(W**2)",
            "np.sum(np.abs(W))",
        ),
        "square_of_the_sum": (
            "The sum of the weights is squared.",
            "What do the weights 3 and −3 cost?",
            "For W = (3, −3) and λ = 1 the penalty is 18. Yours is 0.",
            "Look at which comes first, the square or the sum.",
            "np.sum(W**2)",
            "np.sum(W) ** 2",
        ),
        "gradient_of_the_sum": (
            "The gradient is one number, made of the sum of all weights.",
            "What does one weight's derivative know of the others?",
            "For W = (1, 3) and λ = 1 the gradient is (2, 6). Are yours both 8?",
            "Look for a sum in your gradient.",
            "2 * lam * W",
            "np.full(W.shape, 2 * lam * W.sum())",
        ),
    },
)
_patches(
    "l1",
    {
        "gradient_of_squares": (
            "The gradient is that of the squares.",
            "If a weight doubles, does its absolute value become steeper?",
            "For W = 3 and λ = 1 the gradient is 1. Yours is 6.",
            "Look at your gradient: of which penalty is it the derivative?",
            "lam * np.sign(W)",
            "2 * lam * W",
        ),
        "absolute_value_of_the_sum": (
            "The absolute value is taken of the sum.",
            "What do the weights 3 and −3 cost?",
            "For W = (3, −3) and λ = 1 the penalty is 6. Yours is 0.",
            "Look at which comes first, the absolute value or the sum.",
            "np.sum(np.abs(W))",
            "np.abs(np.sum(W))",
        ),
        "mean_of_absolute_values": (
            "The penalty is the mean of the absolute values.",
            "What do two weights of 3 cost, compared with one?",
            "For W = (3, −3) and λ = 1 the penalty is 6. Yours is 3.",
            "Look at what joins the absolute values: a sum, or a mean?",
            "np.sum(np.abs(W))",
            "np.mean(np.abs(W))",
        ),
        "sign_forgotten_in_gradient": (
            "The gradient is λ for every weight.",
            "Toward which side should a negative weight be pushed?",
            "For W = (3, −3) and λ = 1 the gradient is (1, −1). Yours is (1, 1).",
            "Look at whether your gradient depends on W.",
            "lam * np.sign(W)",
            "np.full(W.shape, 1.0 * lam)",
        ),
        "small_weights_spared": (
            "Weights that are smaller than λ have no gradient.",
            "At which single place has the absolute value no slope?",
            "For W = 0.1 and λ = 1 the gradient is 1. Yours is 0.",
            "Look at the comparison that makes a gradient 0: with 0, or with lam?",
            "lam * np.sign(W)",
            "lam * np.sign(W) * (np.abs(W) > lam)",
        ),
        "half_in_front": (
            "The penalty has a factor ½.",
            "What does a weight of 3 cost?",
            "For W = 3 and λ = 1 the penalty is 3. Yours is 1.5.",
            "Look for a ½: the formula of the handout has none.",
            "lam * np.sum(np.abs(W)), lam * np.sign(W)",
            "lam / 2 * np.sum(np.abs(W)), lam / 2 * np.sign(W)",
        ),
    },
)
_patches(
    "elastic_net",
    {
        "lam_on_squares_only": (
            "λ multiplies the squares alone.",
            "With λ = 0, what is left of the penalty?",
            "For W = 3, λ = 0 and β = 1 the penalty is 0. Yours is 3.",
            "Look at the brackets behind lam, in the penalty and in the gradient.",
            "lam * (beta * np.sum(W**2) + np.sum(np.abs(W)))\n    return penalty, lam * (2 * beta * W + np.sign(W))",
            "lam * beta * np.sum(W**2) + np.sum(np.abs(W))\n    return penalty, 2 * lam * beta * W + np.sign(W)",
        ),
        "lam_on_absolute_values_only": (
            "λ multiplies the absolute values alone, and β the squares.",
            "With λ = 0, what is left of the penalty?",
            "For W = 3, λ = 0 and β = 1 the penalty is 0. Yours is 9.",
            "Look at what lam is a factor of, in the penalty and in the gradient.",
            "lam * (beta * np.sum(W**2) + np.sum(np.abs(W)))\n    return penalty, lam * (2 * beta * W + np.sign(W))",
            "beta * np.sum(W**2) + lam * np.sum(np.abs(W))\n    return penalty, 2 * beta * W + lam * np.sign(W)",
        ),
        "beta_missing_in_gradient": (
            "The gradient of the squares has no β.",
            "If β doubles, what should the gradient do?",
            "For W = 3, λ = 1 and β = 0.5 the gradient is 4. Yours is 7.",
            "Look for beta in your gradient.",
            "2 * beta * W",
            "2 * W",
        ),
        "two_forgotten_in_gradient": (
            "The gradient of the squares has no factor 2.",
            "How fast does w² grow at w = 3?",
            "For W = 3, λ = 1 and β = 1 the gradient is 7. Yours is 4.",
            "Look at the derivative of the squares.",
            "2 * beta * W",
            "beta * W",
        ),
        "gradient_of_absolute_values_only": (
            "The gradient is that of the absolute values.",
            "Which two parts has the penalty, and which of them has your gradient?",
            "For W = 3, λ = 1 and β = 1 the gradient is 7. Yours is 1.",
            "Look for the derivative of the squares.",
            "2 * beta * W + np.sign(W)",
            "np.sign(W)",
        ),
    },
)
_patches(
    "hinge_loss",
    {
        "margin_subtracted": (
            "The margin is subtracted.",
            "Should a larger margin make the loss larger or smaller?",
            "A wrong score that equals the right one violates the margin 1 by 1. Yours costs nothing.",
            "Look at the sign of the margin.",
            "[:, np.newaxis] + margin",
            "[:, np.newaxis] - margin",
        ),
        "gradient_times_violation": (
            "The gradient is as large as the violation.",
            "If a wrong score rises by 0.1, by how much does the loss rise: does that depend on how far it is?",
            "One example with the scores (5, 0), right class 1: the gradient is (1, −1). Yours is (6, −6).",
            "Look at what your gradient is made of: of the violations, or of whether there is one?",
            "(margins > 0).astype(float)",
            "margins.copy()",
        ),
        "gradient_points_downhill": (
            "The gradient points to where the loss falls.",
            "Which way should the right class's score be pushed by a step downhill?",
            "For a violated margin the gradient is +1/N at the wrong class and −1/N at the right one. Yours is turned.",
            "Look at the signs of both entries.",
            "return margins.sum() / n, violated / n",
            "return margins.sum() / n, -violated / n",
        ),
        "ties_left_out": (
            "A class with the same score as the right one is the right one.",
            "How do you recognize the right class: by its number, or by its score?",
            "Scores (2, 2), right class 0: class 1 violates the margin 1 by 1. Yours costs nothing.",
            "Look at the comparison that leaves the right class out.",
            "margins[rows, y] = 0.0",
            "margins[scores == scores[rows, y][:, np.newaxis]] = 0.0",
        ),
        "one_taken_off_for_the_right_class": (
            "The right class is left out by subtracting 1.",
            "By how much does the right class violate a margin of 2?",
            "With margin 2 the right class adds 2 to the sum before it is left out. You subtract 1.",
            "Look at how the right class is left out: does the number depend on the margin?",
            "return margins.sum() / n,",
            "return margins.sum() / n + margin - 1,",
        ),
    },
)
_patches(
    "regularized_hinge_loss",
    {
        "l1_gradient_forgotten": (
            "The L1 penalty adds nothing to the gradient.",
            "What does each penalty return beside its value?",
            "For penalty='l1' the gradient has λ·sign(W) more than that of the data. Does yours?",
            "Look at the branch for l1: what becomes of the second value?",
            "penalty_loss, penalty_grad = l1(W, lam)",
            "penalty_loss, penalty_grad = l1(W, lam)[0], 0 * W",
        ),
        "beta_on_every_penalty": (
            "β scales every penalty.",
            "Which of the three penalties has a β?",
            "For penalty='l2' nothing changes when beta does. Does yours change?",
            "Look at where beta is used.",
            "penalty_loss, penalty_grad = l2(W, lam)",
            "penalty_loss, penalty_grad = l2(W, lam * beta)",
        ),
        "last_row_spared": (
            "The last row of W is a bias, which is not penalized.",
            "Does this classifier have biases?",
            "All of W is penalized. Is the last row of yours left out?",
            "Look for a slice of W in what is given to the penalty.",
            "penalty_loss, penalty_grad = l2(W, lam)",
            "penalty_loss, penalty_grad = l2(W * (np.arange(len(W)) < len(W) - 1)[:, np.newaxis], lam)",
        ),
        "gradient_of_the_penalty_only": (
            "The gradient is that of the penalty.",
            "What does the data add to the gradient of W?",
            "With λ = 0 the gradient is xᵀ·dscores. Yours is 0.",
            "Look at the sum that makes your gradient.",
            "x.T @ dscores + penalty_grad",
            "penalty_grad",
        ),
    },
)
