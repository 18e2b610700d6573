"""What students believe about weight constraints, and the code that comes of it."""

from __future__ import annotations

import numpy as np

from autograder.authoring import Misconceptions

from . import constraints as right

wrong = Misconceptions()


def _check(limit):
    """Refuse a limit that is not positive."""
    if limit <= 0:
        raise ValueError("expected a positive number")


# ---- max_norm


def _shrunk(W, c, norms):
    """Scale W back where `norms`, which broadcast against it, exceed c."""
    return W * np.where(norms > c, c / np.maximum(norms, 1e-300), 1.0)


@wrong(
    "max_norm.rows",
    "The weights into one unit are a row of W.",
    "With y = xW, which entries of W meet in the sum of a single output?",
    "With c = 5 the matrix with the rows (3, 0) and (4, 4) stays as it is: its columns have the norms 5 and 4. "
    "Does your second row become (3.54, 3.54)?",
    "Look at the axis that the sum of squares runs along.",
)
def max_norm(W, c):
    _check(c)
    return _shrunk(W, c, np.linalg.norm(W, axis=1, keepdims=True))


@wrong(
    "max_norm.one_norm_for_the_matrix",
    "The norm that is limited is that of the whole matrix.",
    "If one unit has grown too large, should the weights into all others shrink with it?",
    "With c = 5 the columns (6, 8) and (1, 0) become (3, 4) and (1, 0). Does your second column shrink as well?",
    "Count the norms that your code computes for a matrix of seven columns.",
)
def max_norm(W, c):
    _check(c)
    return _shrunk(W, c, np.linalg.norm(W))


@wrong(
    "max_norm.short_columns_scaled_up",
    "Every column gets norm c.",
    "A ball has an inside. What should happen to a column that is there already?",
    "With c = 5 the column (0.3, 0.4) stays as it is. Is yours (3, 4)?",
    "Look for the comparison with c.",
)
def max_norm(W, c):
    _check(c)
    norms = np.linalg.norm(W, axis=0)
    return W * np.where(norms > 0, c / np.maximum(norms, 1e-300), 1.0)


@wrong(
    "max_norm.zeros_divided_by_their_norm",
    "A column is its direction times its norm, so that dividing by the norm is always possible.",
    "Which direction has a column of zeros?",
    "A column of zeros is well inside of any ball and stays as it is. Is yours NaN?",
    "Look at what is divided by what, and at the columns for which that happens.",
)
def max_norm(W, c):
    _check(c)
    with np.errstate(invalid="ignore"):
        norms = np.linalg.norm(W, axis=0)
        return W / norms * np.minimum(norms, c)


@wrong(
    "max_norm.entries_cut_off",
    "The constraint holds for every single weight: what exceeds c is cut off.",
    "Does cutting off single entries leave a vector's direction as it is?",
    "With c = 5 the column (6, 8) becomes (3, 4). Is yours (5, 5)?",
    "Look at whether an entry's new value depends on the other entries of its column.",
)
def max_norm(W, c):
    _check(c)
    return np.clip(W, -c, c)


@wrong(
    "max_norm.square_without_root",
    "The sum of the squares is the norm.",
    "How long is the vector (3, 4)?",
    "With c = 5 the column (6, 8), whose norm is 10, becomes (3, 4). Is yours (0.3, 0.4)?",
    "Look at the line that computes the norms, and hold it against the definition.",
)
def max_norm(W, c):
    _check(c)
    return _shrunk(W, c, np.sum(W**2, axis=0))


@wrong(
    "max_norm.sum_of_absolute_values",
    "The norm of a column is the sum of its absolute values.",
    "Which norm makes the set of all allowed columns a ball, and which one makes it a diamond?",
    "With c = 5 the column (3, 4) may stay as it is. Does yours shrink?",
    "Look at which norm you compute.",
)
def max_norm(W, c):
    _check(c)
    return _shrunk(W, c, np.sum(np.abs(W), axis=0))


@wrong(
    "max_norm.scaled_to_one",
    "A column that is too long is divided by its norm.",
    "How long is a vector that was divided by its norm?",
    "With c = 5 the column (6, 8) becomes (3, 4). Is yours (0.6, 0.8)?",
    "Look at what c is used for, beside the comparison.",
)
def max_norm(W, c):
    _check(c)
    norms = np.linalg.norm(W, axis=0)
    return W / np.where(norms > c, norms, 1.0)


wrong.patch(
    "max_norm.radius_not_checked",
    "c is always positive.",
    "What should somebody see who passes -2 for 2?",
    "With c = -2 there is no ball. Does your function return something, maybe with all signs turned?",
    "Look at what happens to c before it is used.",
    replace="c <= 0",
    by="False",
)
wrong.patch(
    "max_norm.radius_zero_allowed",
    "A ball of radius 0 is a ball, too.",
    "Which numbers does the docstring refuse?",
    "With c = 0 the function raises ValueError. Does yours return zeros?",
    "Look at the comparison of c with 0.",
    replace="c <= 0",
    by="c < 0",
)


@wrong.both("max_norm.rows", "max_norm.square_without_root")
def max_norm(W, c):
    _check(c)
    return _shrunk(W, c, np.sum(W**2, axis=1, keepdims=True))


# ---- clip_by_global_norm


def _norm(grads):
    """Return the norm of all gradients together."""
    return float(np.sqrt(sum(np.sum(grad**2) for grad in grads.values())))


def _scaled(grads, factor):
    return {name: grad * factor for name, grad in grads.items()}


@wrong(
    "clip_by_global_norm.each_array_on_its_own",
    "Every array is clipped by its own norm.",
    "If only the first layer's gradient is too long, in which direction does a step lead afterwards?",
    "With max_norm = 5 the arrays (6, 8) and (0.1) are both multiplied by 0.49998. Does your second one stay 0.1?",
    "Count the norms that your code compares with max_norm for a dict of three arrays.",
)
def clip_by_global_norm(grads, max_norm):
    _check(max_norm)
    norms = {name: np.sqrt(np.sum(grad**2)) for name, grad in grads.items()}
    clipped = {name: grad * (max_norm / norms[name] if norms[name] > max_norm else 1) for name, grad in grads.items()}
    return clipped, _norm(grads)


@wrong(
    "clip_by_global_norm.entries_cut_off",
    "Clipping cuts off every entry that exceeds max_norm.",
    "Does a vector whose largest entries are cut off still point where it did?",
    "With max_norm = 5 the only array (6, 8) becomes (3, 4). Is yours (5, 5)?",
    "Look at whether all entries are multiplied by the same factor.",
)
def clip_by_global_norm(grads, max_norm):
    _check(max_norm)
    return {name: np.clip(grad, -max_norm, max_norm) for name, grad in grads.items()}, _norm(grads)


wrong.patch(
    "clip_by_global_norm.short_ones_scaled_up",
    "The gradients always get the norm max_norm.",
    "Near a minimum gradients are small. What becomes of the last steps if they are made long again?",
    "With max_norm = 5 the only array (0.3, 0.4) stays as it is. Is yours (3, 4)?",
    "Look for the comparison of the norm with max_norm.",
    replace="if norm > max_norm else 1.0",
    by="if norm > 0 else 1.0",
)


@wrong(
    "clip_by_global_norm.norm_of_what_is_clipped",
    "The norm that is returned is that of the clipped gradients.",
    "Which of the two norms tells somebody who watches the training that gradients explode?",
    "With max_norm = 5 the only array (6, 8) has norm 10, which is returned. Do you return 5?",
    "Look at when the returned norm is computed, or changed.",
)
def clip_by_global_norm(grads, max_norm):
    clipped, _ = right.clip_by_global_norm(grads, max_norm)
    return clipped, _norm(clipped)


@wrong(
    "clip_by_global_norm.norms_added_up",
    "The common norm is the sum of the arrays' norms.",
    "What is the length of a vector whose two parts are 3 and 4 long?",
    "For the arrays (3, 0) and (0, 4) the norm is 5. Is yours 7?",
    "Look at what is added up: norms, or squares?",
)
def clip_by_global_norm(grads, max_norm):
    _check(max_norm)
    norm = sum(np.sqrt(np.sum(grad**2)) for grad in grads.values())
    return _scaled(grads, max_norm / norm if norm > max_norm else 1.0), norm


@wrong(
    "clip_by_global_norm.square_without_root",
    "The sum of all squares is the norm.",
    "How long is the vector (6, 8)?",
    "For the only array (6, 8) the norm is 10. Is yours 100?",
    "Look at what happens between the sum and the comparison.",
)
def clip_by_global_norm(grads, max_norm):
    _check(max_norm)
    norm = _norm(grads) ** 2
    return _scaled(grads, max_norm / norm if norm > max_norm else 1.0), norm


@wrong(
    "clip_by_global_norm.largest_entry",
    "The norm is the largest absolute value.",
    "Which norm is the root of a sum of squares?",
    "For the only array (6, 8) the norm is 10. Is yours 8?",
    "Look at which norm you compute.",
)
def clip_by_global_norm(grads, max_norm):
    _check(max_norm)
    norm = max(np.abs(grad).max() for grad in grads.values())
    return _scaled(grads, max_norm / norm if norm > max_norm else 1.0), norm


@wrong(
    "clip_by_global_norm.largest_array",
    "The common norm is that of the longest array.",
    "Can a vector be longer than its longest part?",
    "For the arrays (3, 0) and (0, 4) the norm is 5. Is yours 4?",
    "Look at how the arrays' norms become one number.",
)
def clip_by_global_norm(grads, max_norm):
    _check(max_norm)
    norm = max(np.sqrt(np.sum(grad**2)) for grad in grads.values())
    return _scaled(grads, max_norm / norm if norm > max_norm else 1.0), norm


@wrong(
    "clip_by_global_norm.root_of_the_mean",
    "The norm is averaged over the entries, so that large networks are not punished.",
    "Does the length of a vector shrink when you append zeros to it?",
    "For the only array (6, 8) the norm is 10. Is yours 7.07?",
    "Look for a mean, or a division by a number of entries.",
)
def clip_by_global_norm(grads, max_norm):
    _check(max_norm)
    norm = _norm(grads) / np.sqrt(sum(np.size(grad) for grad in grads.values()))
    return _scaled(grads, max_norm / norm if norm > max_norm else 1.0), norm


@wrong(
    "clip_by_global_norm.scaled_to_one",
    "Gradients that are too long are divided by their norm.",
    "How long is a vector that was divided by its norm?",
    "With max_norm = 5 the only array (6, 8) becomes (3, 4). Is yours (0.6, 0.8)?",
    "Look at what max_norm is used for, beside the comparison.",
)
def clip_by_global_norm(grads, max_norm):
    _check(max_norm)
    norm = _norm(grads)
    return _scaled(grads, 1 / norm if norm > max_norm else 1.0), norm


@wrong(
    "clip_by_global_norm.biases_left_out",
    "Only matrices count: biases and single numbers are not in the norm.",
    "Is a bias moved by the step, too?",
    "For a matrix with the only entry 3 and a bias of 4 the norm is 5. Is yours 3?",
    "Look at which arrays enter the sum.",
)
def clip_by_global_norm(grads, max_norm):
    _check(max_norm)
    norm = _norm({name: grad for name, grad in grads.items() if grad.ndim >= 2} or grads)
    return _scaled(grads, max_norm / norm if norm > max_norm else 1.0), norm


wrong.patch(
    "clip_by_global_norm.something_added_to_the_norm",
    "As in PyTorch, 1e-6 is added to the norm that is divided by.",
    "Can the division be one by zero, where the norm exceeds a positive number?",
    "Gradients of norm 0.01, clipped to 0.004, have the norm 0.004. Are yours too short by a share of 0.0001?",
    "Look at the denominator of the factor.",
    replace="max_norm / norm if",
    by="max_norm / (norm + 1e-6) if",
)
wrong.patch(
    "clip_by_global_norm.limit_not_checked",
    "max_norm is always positive.",
    "Where does a step lead if all gradients are multiplied by a negative number?",
    "With max_norm = -2 no vector is short enough. Does your function return something?",
    "Look at what happens to max_norm before it is used.",
    replace="max_norm <= 0",
    by="False",
)
wrong.patch(
    "clip_by_global_norm.limit_zero_allowed",
    "A limit of 0 is a limit, too.",
    "Which numbers does the docstring refuse?",
    "With max_norm = 0 the function raises ValueError. Does yours return zeros?",
    "Look at the comparison of max_norm with 0.",
    replace="max_norm <= 0",
    by="max_norm < 0",
)


@wrong.both("clip_by_global_norm.norms_added_up", "clip_by_global_norm.norm_of_what_is_clipped")
def clip_by_global_norm(grads, max_norm):
    _check(max_norm)
    norm = sum(np.sqrt(np.sum(grad**2)) for grad in grads.values())
    clipped = _scaled(grads, max_norm / norm if norm > max_norm else 1.0)
    return clipped, sum(np.sqrt(np.sum(grad**2)) for grad in clipped.values())


# ---- sgd_weight_decay

wrong.patch(
    "sgd_weight_decay.not_scaled_by_the_rate",
    "The decay does not depend on the learning rate.",
    "In the formula, what does α multiply?",
    "With x = 10, g = 0, α = 0.1 and wd = 0.5 a step leads to 9.5. Does yours lead to 5?",
    "Look at the parentheses: is the decay inside of what the learning rate multiplies?",
    replace="x - lr * (grad + wd * x)",
    by="x - lr * grad - wd * x",
)
wrong.patch(
    "sgd_weight_decay.grows",
    "The decay is subtracted from the gradient.",
    "Without a gradient, should a weight become smaller or larger?",
    "With x = 10, g = 0, α = 0.1 and wd = 0.5 a step leads to 9.5. Does yours lead to 10.5?",
    "Look at the sign between the gradient and the decay, and at the one in front of both.",
    replace="grad + wd * x",
    by="grad - wd * x",
)
wrong.patch(
    "sgd_weight_decay.twice",
    "The decay is the gradient of wd times the squares, which has a factor of 2.",
    "Is a ½ in front of the penalty whose gradient is wd·x?",
    "With x = 10, g = 0, α = 0.1 and wd = 0.5 a step leads to 9.5. Does yours lead to 9?",
    "Look for a factor that the formula does not have.",
    replace="wd * x",
    by="2 * wd * x",
)
wrong.patch(
    "sgd_weight_decay.by_the_sign",
    "The decay pulls on every weight with the same force.",
    "Which penalty has a slope that does not depend on the size of the weight?",
    "With x = (10, 1), g = 0, α = 0.1 and wd = 0.5 a step leads to (9.5, 0.95). Does yours lead to (9.95, 0.95)?",
    "Look at what wd multiplies.",
    replace="wd * x",
    by="wd * np.sign(x)",
)
wrong.patch(
    "sgd_weight_decay.left_out",
    "A small decay makes no difference.",
    "What becomes of a weight that no example needs, after a thousand steps?",
    "With x = 10, g = 0, α = 0.1 and wd = 0.5 a step leads to 9.5. Does yours stay at 10?",
    "Look for wd in your code.",
    replace="grad + wd * x",
    by="grad",
)
wrong.patch(
    "sgd_weight_decay.after_the_step",
    "First the step, then what it has led to decays.",
    "At which point is wd·x taken in the formula: before the step or after it?",
    "With x = 10, g = 20, α = 0.1 and wd = 0.5 a step leads to 7.5. Does yours lead to 7.6?",
    "Look at which x is multiplied by the decay.",
    replace="x - lr * (grad + wd * x)",
    by="(x - lr * grad) * (1 - lr * wd)",
)
wrong.patch(
    "sgd_weight_decay.all_but_the_decay",
    "wd is what remains of a weight.",
    "If wd is 0, should a step be one without decay, or one without the weight?",
    "With x = 10, g = 0, α = 0.1 and wd = 0.5 a step leads to 9.5. Does yours lead to 5?",
    "Look at what a weight is multiplied by.",
    replace="x - lr * (grad + wd * x)",
    by="wd * x - lr * grad",
)
wrong.patch(
    "sgd_weight_decay.other_default",
    "The usual weight decay is 1e-4.",
    "Which default does the signature have?",
    "Without wd, x = 100, g = 0 and α = 0.1 lead to 99.9. Do yours lead to 99.999?",
    "Look at the first line of your function.",
    replace="wd: float = 1e-2",
    by="wd: float = 1e-4",
)


@wrong(
    "sgd_weight_decay.towards_the_start",
    "The weights decay toward where they started.",
    "Toward which value should a weight decay that nothing needs?",
    "From x = 10, with g = 0, α = 0.1 and wd = 0.5, two steps lead to 9.5 and 9.025. Do yours stay at 10?",
    "Look at what wd multiplies, and at what you keep in the state.",
)
def sgd_weight_decay(x, grad, state, lr, wd=1e-2):
    start = state.get("start", x)
    return x - lr * (grad + wd * (x - start)), {"start": start}


# ---- adamw

wrong.patch(
    "adamw.decay_in_the_gradient",
    "Weight decay is added to the gradient, as in SGD.",
    "What does Adam divide by, and would the decay of a weight with large gradients pass through that division?",
    "The first step from x = 10 with g = 1, α = 0.1, wd = 0.5 leads to 9.4: 0.5 for the decay, 0.1 for the step. "
    "Does yours lead to 9.9?",
    "Look at what enters the two moments.",
    replace="t = state.get",
    by="grad, wd = grad + wd * x, 0.0\n    t = state.get",
)
wrong.patch(
    "adamw.not_scaled_by_the_rate",
    "The decay does not depend on the learning rate.",
    "In the formula, which two factors make the share that is taken off?",
    "With x = 10, g = 0, α = 0.1 and wd = 0.5 a step leads to 9.5. Does yours lead to 5?",
    "Look at what x is multiplied by.",
    replace="x * (1 - lr * wd)",
    by="x * (1 - wd)",
)
wrong.patch(
    "adamw.decay_divided_by_the_root",
    "The decay is part of the step, so that it is divided by the root of the second moment as well.",
    "If the gradients of a weight are a hundred times larger, should it decay a hundred times slower?",
    "From x = 10 with g = 100 at first, α = 0.1 and wd = 0.5 a step leads to 9.4. Does yours lead to 9.895?",
    "Look at the parentheses around the fraction.",
    replace="x * (1 - lr * wd) - lr * m_hat / (np.sqrt(c_hat) + eps)",
    by="x - lr * (m_hat + wd * x) / (np.sqrt(c_hat) + eps)",
)
wrong.patch(
    "adamw.after_the_step",
    "First the step, then what it has led to decays.",
    "Which x is multiplied by 1 − α·wd: the one before the step or the one behind it?",
    "The first step from x = 10 with g = 1, α = 0.1 and wd = 0.5 leads to 9.4. Does yours lead to 9.405?",
    "Look at the order of the two changes of x.",
    replace="x * (1 - lr * wd) - lr * m_hat / (np.sqrt(c_hat) + eps)",
    by="(x - lr * m_hat / (np.sqrt(c_hat) + eps)) * (1 - lr * wd)",
)
wrong.patch(
    "adamw.left_out",
    "AdamW is Adam.",
    "What does the W stand for?",
    "With x = 10, g = 0, α = 0.1 and wd = 0.5 a step leads to 9.5. Does yours stay at 10?",
    "Look for wd in your code.",
    replace="x * (1 - lr * wd)",
    by="x",
)
wrong.patch(
    "adamw.grows",
    "The decay is added.",
    "Without a gradient, should a weight become smaller or larger?",
    "With x = 10, g = 0, α = 0.1 and wd = 0.5 a step leads to 9.5. Does yours lead to 10.5?",
    "Look at the sign in front of the decay.",
    replace="1 - lr * wd",
    by="1 + lr * wd",
)
wrong.patch(
    "adamw.twice",
    "The decay has the factor 2 of a square's derivative.",
    "Is there a square in this formula that anything would be the derivative of?",
    "With x = 10, g = 0, α = 0.1 and wd = 0.5 a step leads to 9.5. Does yours lead to 9?",
    "Look for a factor that the formula does not have.",
    replace="1 - lr * wd",
    by="1 - 2 * lr * wd",
)
wrong.patch(
    "adamw.no_bias_correction",
    "The moments are used as they are.",
    "After one step, is m about as large as the gradient?",
    "The first step has the length α = 0.1 beside the decay, whatever the gradient is. Is yours 0.316?",
    "Look at what stands between the moments and the step.",
    replace="m / (1 - beta1**t), c / (1 - beta2**t)",
    by="m, c",
)
wrong.patch(
    "adamw.correction_of_the_first_step_forever",
    "The correction is a division by 1 − β.",
    "After many steps, does a moment still need a correction?",
    "With g = 1 in every step, m is 0.1, 0.19, 0.271 and m̂ is 1 each time. Is yours 1, 1.9, 2.71?",
    "Look for the number of the step in your correction.",
    replace="m / (1 - beta1**t), c / (1 - beta2**t)",
    by="m / (1 - beta1), c / (1 - beta2)",
)
wrong.patch(
    "adamw.steps_count_from_two",
    "The step is counted before the state is read and once more after it: the first correction is that for t = 2.",
    "Which t has the first step?",
    "In the first step m̂ is g itself. With β₁ = 0.9, is yours 0.526·g?",
    "Look at the value of t in the first call.",
    replace='state.get("t", 0) + 1',
    by='state.get("t", 1) + 1',
)
wrong.patch(
    "adamw.no_root",
    "The step is divided by the second moment itself, as the lecture's slide has it.",
    "If all gradients are ten times larger, by what should the step change?",
    "With g = 4 in every step, its length is α beside the decay. Is yours α/4?",
    "Look at the denominator.",
    replace="np.sqrt(c_hat)",
    by="c_hat",
)
wrong.patch(
    "adamw.epsilon_inside_the_root",
    "ε stands below the root.",
    "Where does the formula add ε: before the root is taken or after it?",
    "With ĉ = 1 and ε = 0.44 the denominator is 1.44. Is yours 1.2?",
    "Look at the parentheses of the denominator.",
    replace="np.sqrt(c_hat) + eps",
    by="np.sqrt(c_hat + eps)",
)
wrong.patch(
    "adamw.betas_exchanged",
    "β₁ belongs to the squares and β₂ to the gradients.",
    "Which of the two has the longer memory, by default, and which moment needs it?",
    "After the first step with g = 1, β₁ = 0.9 and β₂ = 0.999, m is 0.1 and c is 0.001. Are yours the other way round?",
    "Look at which β stands in which line.",
    replace="t = state.get",
    by="beta1, beta2 = beta2, beta1\n    t = state.get",
)
wrong.patch(
    "adamw.corrected_moments_kept",
    "The corrected moments are what the next step goes on with.",
    "If a moment is corrected again in every step, how often is the first gradient corrected?",
    "With g = 1 in every step m̂ is 1 each time. With β₁ = 0.9, is yours 5.26 in the second step?",
    "Look at what you put into the state.",
    replace='"m": m, "c": c',
    by='"m": m_hat, "c": c_hat',
)
wrong.patch(
    "adamw.epsilon_before_the_correction",
    "The correction may be moved into the learning rate, ε as it is.",
    "If numerator and denominator are multiplied by one number, what becomes of ε?",
    "In the first step with c = 0.15, ĉ = 1 and ε = 0.1 the denominator is 1.1. Does yours correspond to 1.26?",
    "Look at whether ε is added to the corrected root or to the other one.",
    replace="(np.sqrt(c_hat) + eps)",
    by="((np.sqrt(c) + eps) / np.sqrt(1 - beta2**t))",
)
wrong.patch(
    "adamw.no_default_decay",
    "Without being told, there is no decay.",
    "Which default has wd in the signature?",
    "Without wd, x = 100, g = 0 and α = 0.1 lead to 99.9. Does yours stay at 100?",
    "Look at the first lines of your function.",
    replace="wd: float = 1e-2",
    by="wd: float = 0.0",
)

_MOMENTS = {}


@wrong(
    "adamw.moments_by_shape",
    "There is one parameter of each shape, so that the moments can be kept outside of the state.",
    "What becomes of the moments when a network has two layers of the same size?",
    "Of two runs of one shape, one has g = 1 in both of its steps and the other one g = -1, in turn. m̂ is 1 in the "
    "first run. In yours, is it 0.05 in the second step?",
    "Look at where your moments are between two steps.",
)
def adamw(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, wd=1e-2):
    run = _MOMENTS[x.shape] if state else {}
    x_next, _MOMENTS[x.shape] = right.adamw(x, grad, run, lr, beta1, beta2, eps, wd)
    return x_next, {"begun": True}


@wrong.both("adamw.no_bias_correction", "adamw.decay_in_the_gradient")
def adamw(x, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, wd=1e-2):
    grad = grad + wd * x
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * grad
    c = beta2 * state.get("c", 0.0) + (1 - beta2) * grad**2
    return x - lr * m / (np.sqrt(c) + eps), {"m": m, "c": c}


# ---- as a student's file has them, for repair tasks: the code above is made by other code

wrong.written(
    "max_norm.rows",
    replace="axis=0))",
    by="axis=1, keepdims=True))",
)
wrong.written(
    "max_norm.one_norm_for_the_matrix",
    replace="np.sum(W**2, axis=0)",
    by="np.sum(W**2)",
)
wrong.written(
    "max_norm.short_columns_scaled_up",
    replace="np.where(norms > c, c / np.where(norms > c, norms, 1.0), 1.0)",
    by="np.where(norms > 0, c / np.where(norms > 0, norms, 1.0), 1.0)",
)
wrong.written(
    "max_norm.square_without_root",
    replace="np.sqrt(np.sum(W**2, axis=0))",
    by="np.sum(W**2, axis=0)",
)
wrong.written(
    "max_norm.sum_of_absolute_values",
    replace="np.sqrt(np.sum(W**2, axis=0))",
    by="np.sum(np.abs(W), axis=0)",
)
wrong.written(
    "max_norm.scaled_to_one",
    replace="c / np.where",
    by="1 / np.where",
)
wrong.written(
    "max_norm.entries_cut_off",
    replace="""    norms = np.sqrt(np.sum(W**2, axis=0))
    scale = np.where(norms > c, c / np.where(norms > c, norms, 1.0), 1.0)
    return W * scale""",
    by="    return np.clip(W, -c, c)",
)
wrong.written(
    "clip_by_global_norm.each_array_on_its_own",
    replace="""    scale = max_norm / norm if norm > max_norm else 1.0
    return {name: grad * scale for name, grad in grads.items()}, norm""",
    by="""    clipped = {}
    for name, grad in grads.items():
        length = np.sqrt(np.sum(grad**2))
        clipped[name] = grad * (max_norm / length if length > max_norm else 1.0)
    return clipped, norm""",
)
wrong.written(
    "clip_by_global_norm.entries_cut_off",
    replace="""    scale = max_norm / norm if norm > max_norm else 1.0
    return {name: grad * scale for name, grad in grads.items()}, norm""",
    by="    return {name: np.clip(grad, -max_norm, max_norm) for name, grad in grads.items()}, norm",
)
wrong.written(
    "clip_by_global_norm.norm_of_what_is_clipped",
    replace="}, norm",
    by="}, norm * scale",
)
wrong.written(
    "clip_by_global_norm.norms_added_up",
    replace="np.sqrt(sum(np.sum(grad**2) for grad in grads.values()))",
    by="sum(np.sqrt(np.sum(grad**2)) for grad in grads.values())",
)
wrong.written(
    "clip_by_global_norm.square_without_root",
    replace="np.sqrt(sum(np.sum(grad**2) for grad in grads.values()))",
    by="sum(np.sum(grad**2) for grad in grads.values())",
)
wrong.written(
    "clip_by_global_norm.largest_entry",
    replace="np.sqrt(sum(np.sum(grad**2) for grad in grads.values()))",
    by="max(np.abs(grad).max() for grad in grads.values())",
)
wrong.written(
    "clip_by_global_norm.largest_array",
    replace="np.sqrt(sum(np.sum(grad**2) for grad in grads.values()))",
    by="max(np.sqrt(np.sum(grad**2)) for grad in grads.values())",
)
wrong.written(
    "clip_by_global_norm.scaled_to_one",
    replace="max_norm / norm if",
    by="1 / norm if",
)
wrong.written(
    "adamw.decay_in_the_gradient",
    replace="""    m = beta1 * state.get("m", 0.0) + (1 - beta1) * grad
    c = beta2 * state.get("c", 0.0) + (1 - beta2) * grad**2
    m_hat, c_hat = m / (1 - beta1**t), c / (1 - beta2**t)
    x_next = x * (1 - lr * wd) - lr * m_hat""",
    by="""    grad = grad + wd * x
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * grad
    c = beta2 * state.get("c", 0.0) + (1 - beta2) * grad**2
    m_hat, c_hat = m / (1 - beta1**t), c / (1 - beta2**t)
    x_next = x - lr * m_hat""",
)
wrong.written(
    "adamw.betas_exchanged",
    replace="""    m = beta1 * state.get("m", 0.0) + (1 - beta1) * grad
    c = beta2 * state.get("c", 0.0) + (1 - beta2) * grad**2
    m_hat, c_hat = m / (1 - beta1**t), c / (1 - beta2**t)
""",
    by="""    m = beta2 * state.get("m", 0.0) + (1 - beta2) * grad
    c = beta1 * state.get("c", 0.0) + (1 - beta1) * grad**2
    m_hat, c_hat = m / (1 - beta2**t), c / (1 - beta1**t)
""",
)
