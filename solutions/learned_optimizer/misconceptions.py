"""What is often believed about a learned optimizer, and the code that comes of it."""

from __future__ import annotations

import numpy as np

from autograder.authoring import Misconceptions

from . import learned_optimizer as right

wrong = Misconceptions()


def _sigmoid(x):
    return 1 / (1 + np.exp(-x))


def _gates(z, h, weights):
    """The four blocks before their nonlinearity, in the order of the rows."""
    rows = z @ weights["W_ih"].T + weights["b_ih"] + h @ weights["W_hh"].T + weights["b_hh"]
    return np.split(rows, 4, axis=1)


def _zeros(x, weights):
    """Where h and c start."""
    return np.zeros((len(x), len(weights["W_out"])))


# ---- lstm_cell


@wrong(
    "lstm_cell.candidate_through_sigmoid",
    "All four blocks of an LSTM go through the sigmoid.",
    "A gate says how much. The candidate says what is added: which numbers should it be able to be?",
    "Input gate open, forget gate shut, the candidate's block at −30: c_next is −1. Yours is 0.",
    "Look at the nonlinearity of the third block.",
)
def lstm_cell(z, h, c, weights):
    i, f, g, o = (_sigmoid(block) for block in _gates(z, h, weights))
    c_next = f * c + i * g
    return o * np.tanh(c_next), c_next


@wrong(
    "lstm_cell.output_gate_before_candidate",
    "The three gates come first, and the candidate is the last block.",
    "In which order do the four blocks of rows stand in these weights? Other libraries have other orders.",
    "One unit, all weights 0, b_ih = (−30, 30, 30, −30), c = 1: the cell keeps c and hides it, so h_next is 0. "
    "Yours shows 0.76.",
    "Look at the names of the third and the fourth block where the rows are split.",
)
def lstm_cell(z, h, c, weights):
    i, f, o, g = _gates(z, h, weights)
    c_next = _sigmoid(f) * c + _sigmoid(i) * np.tanh(g)
    return _sigmoid(o) * np.tanh(c_next), c_next


@wrong(
    "lstm_cell.input_and_forget_swapped",
    "The first block is the forget gate, the second one the input gate.",
    "Which block decides what stays of c, and which one decides how much is added to it?",
    "One unit, all weights 0, b_ih = (−30, 30, 30, 30), c = 0.5: nothing gets in and all of c stays, so c_next is 0.5. "
    "Yours is 1.",
    "Look at the names of the first and the second block where the rows are split.",
)
def lstm_cell(z, h, c, weights):
    f, i, g, o = _gates(z, h, weights)
    c_next = _sigmoid(f) * c + _sigmoid(i) * np.tanh(g)
    return _sigmoid(o) * np.tanh(c_next), c_next


@wrong(
    "lstm_cell.cell_state_shown_as_it_is",
    "The output gate shows the cell state as it is, without tanh.",
    "A cell state may grow step by step. How large can a hidden state become?",
    "Output gate open and c_next = 3: h_next is 0.995, not 3.",
    "Look at what the output gate is multiplied by.",
)
def lstm_cell(z, h, c, weights):
    i, f, g, o = _gates(z, h, weights)
    c_next = _sigmoid(f) * c + _sigmoid(i) * np.tanh(g)
    return _sigmoid(o) * c_next, c_next


@wrong(
    "lstm_cell.hidden_state_from_old_cell",
    "The output gate shows the cell state from before the step.",
    "Which cell state does the output gate show: the one that came in, or the one that has just been made?",
    "From h = c = 0, with input and output gate open and the candidate's block at 30: c_next is 1 and h_next 0.76. "
    "Your h_next is 0.",
    "Look at the cell state in the formula of h_next, and at the order of the two lines.",
)
def lstm_cell(z, h, c, weights):
    i, f, g, o = _gates(z, h, weights)
    return _sigmoid(o) * np.tanh(c), _sigmoid(f) * c + _sigmoid(i) * np.tanh(g)


@wrong(
    "lstm_cell.recurrent_bias_forgotten",
    "One bias is enough: b_ih is added, b_hh is not.",
    "Which entries of weights does your cell read, and is there one that it never touches?",
    "One unit, c = 1, all weights and biases 0 but the forget gate's b_hh = −30: c_next is 0. Yours is 0.5.",
    "Look at the biases in the sum from which the four blocks are cut.",
)
def lstm_cell(z, h, c, weights):
    return right.lstm_cell(z, h, c, {**weights, "b_hh": 0.0})


@wrong(
    "lstm_cell.one_added_to_forget_gate",
    "The forget gate gets a bias of 1 on top, so that the cell remembers at first.",
    "Where do the biases of the gates come from: from weights, or from your code?",
    "One unit, all weights and biases 0, c = 1: the forget gate is half open, so c_next is 0.5. Yours is 0.73.",
    "Look for a number that is added to the second block before the sigmoid.",
)
def lstm_cell(z, h, c, weights):
    i, f, g, o = _gates(z, h, weights)
    c_next = _sigmoid(f + 1) * c + _sigmoid(i) * np.tanh(g)
    return _sigmoid(o) * np.tanh(c_next), c_next


@wrong.both("lstm_cell.candidate_through_sigmoid", "lstm_cell.recurrent_bias_forgotten")
def lstm_cell(z, h, c, weights):
    i, f, g, o = (_sigmoid(block) for block in _gates(z, h, {**weights, "b_hh": 0.0}))
    c_next = f * c + i * g
    return o * np.tanh(c_next), c_next


@wrong.both("lstm_cell.input_and_forget_swapped", "lstm_cell.recurrent_bias_forgotten")
def lstm_cell(z, h, c, weights):
    f, i, g, o = _gates(z, h, {**weights, "b_hh": 0.0})
    c_next = _sigmoid(f) * c + _sigmoid(i) * np.tanh(g)
    return _sigmoid(o) * np.tanh(c_next), c_next


# ---- preprocess_gradient


@wrong(
    "preprocess_gradient.no_second_case",
    "Every gradient becomes its logarithm and its sign, however small it is.",
    "What is the logarithm of a gradient that is exactly 0, or nearly so?",
    "For p = 10 a gradient of 1e-6 gives (−1, 0.022) and a gradient of 0 gives (−1, 0). Your first numbers are −1.38 "
    "and minus infinity.",
    "Look at what your code does where |g| is below the threshold.",
)
def preprocess_gradient(grad, p=10.0):
    return np.stack([np.log(np.abs(grad)) / p, np.sign(grad)], axis=1)


@wrong(
    "preprocess_gradient.small_gradients_only_as_signs",
    "The second number of a small gradient is its sign, as it is for a large one.",
    "Should a gradient of 1e-30 and one of −1e-30 look as different as 1 and −1 do?",
    "For p = 10 a gradient of 1e-6 gives (−1, 0.022). Yours gives (−1, 1).",
    "Look at the second column where |g| is below the threshold.",
)
def preprocess_gradient(grad, p=10.0):
    size = np.maximum(np.abs(grad), np.exp(-p))
    return np.stack([np.log(size) / p, np.sign(grad)], axis=1)


@wrong(
    "preprocess_gradient.threshold_without_absolute_value",
    "A gradient is large when it is above the threshold itself, not when its size is.",
    "Is −1 a large gradient or a small one?",
    "For p = 10 a gradient of −1 gives (0, −1). Yours gives (−1, −22026).",
    "Look at what is compared with the threshold.",
)
def preprocess_gradient(grad, p=10.0):
    large = grad >= np.exp(-p)
    size = np.log(np.where(large, grad, 1.0)) / p
    return np.stack([np.where(large, size, -1.0), np.where(large, 1.0, np.exp(p) * grad)], axis=1)


@wrong(
    "preprocess_gradient.sign_lost",
    "The second number of a large gradient is 1, whichever way it points.",
    "From your two numbers, can the network still tell uphill from downhill?",
    "A gradient of 1 gives (0, 1) and one of −1 gives (0, −1). Yours gives (0, 1) for both.",
    "Look at the second column where |g| is above the threshold.",
)
def preprocess_gradient(grad, p=10.0):
    first, second = right.preprocess_gradient(grad, p).T
    return np.stack([first, np.where(np.abs(grad) >= np.exp(-p), 1.0, second)], axis=1)


@wrong(
    "preprocess_gradient.threshold_for_default_p_only",
    "What counts as small does not depend on p: the threshold is always that of p = 10.",
    "Where does the handout's threshold lie when p is 2?",
    "For p = 2 a gradient of 0.1 is below the threshold of 0.135 and gives (−1, 0.739). Yours gives (−1.15, 1).",
    "Look at where the threshold is computed, and what it is computed from.",
)
def preprocess_gradient(grad, p=10.0):
    large = np.abs(grad) >= np.exp(-10.0)
    size = np.log(np.where(large, np.abs(grad), 1.0)) / p
    return np.stack([np.where(large, size, -1.0), np.where(large, np.sign(grad), np.exp(p) * grad)], axis=1)


@wrong(
    "preprocess_gradient.decimal_logarithm",
    "The logarithm of a gradient counts its powers of ten.",
    "The threshold is a power of e. Which logarithm turns it into −p?",
    "For p = 10 a gradient of 0.1 gives (−0.23, 1). Yours gives (−0.1, 1).",
    "Look at the function that you take the logarithm with.",
)
def preprocess_gradient(grad, p=10.0):
    large = np.abs(grad) >= np.exp(-p)
    size = np.log10(np.where(large, np.abs(grad), 1.0)) / p
    return np.stack([np.where(large, size, -1.0), np.where(large, np.sign(grad), np.exp(p) * grad)], axis=1)


@wrong(
    "preprocess_gradient.powers_of_ten",
    "A gradient is small below 10^−p, and is then multiplied by 10^p.",
    "At the threshold the logarithm over p should just be −1. What is it at yours?",
    "For p = 2 a gradient of 0.05 is below the threshold of 0.135 and gives (−1, 0.369). Yours gives (−1.5, 1).",
    "Look at the number that is raised to the powers −p and p.",
)
def preprocess_gradient(grad, p=10.0):
    large = np.abs(grad) >= 10.0**-p
    size = np.log(np.where(large, np.abs(grad), 1.0)) / p
    return np.stack([np.where(large, size, -1.0), np.where(large, np.sign(grad), 10.0**p * grad)], axis=1)


@wrong(
    "preprocess_gradient.logarithm_not_divided",
    "The first number is the logarithm itself; p only sets the threshold.",
    "Between gradients of 1 and those at the threshold, which numbers should the first feature run through?",
    "For p = 10 a gradient of 0.1 gives (−0.23, 1). Yours gives (−2.3, 1).",
    "Look at the logarithm: is something done to it before it is returned?",
)
def preprocess_gradient(grad, p=10.0):
    large = np.abs(grad) >= np.exp(-p)
    size = np.log(np.where(large, np.abs(grad), 1.0))
    return np.stack([np.where(large, size, -1.0), np.where(large, np.sign(grad), np.exp(p) * grad)], axis=1)


@wrong.both("preprocess_gradient.small_gradients_only_as_signs", "preprocess_gradient.threshold_for_default_p_only")
def preprocess_gradient(grad, p=10.0):
    large = np.abs(grad) >= np.exp(-10.0)
    size = np.log(np.where(large, np.abs(grad), 1.0)) / p
    return np.stack([np.where(large, size, -1.0), np.sign(grad)], axis=1)


@wrong.both("preprocess_gradient.decimal_logarithm", "preprocess_gradient.powers_of_ten")
def preprocess_gradient(grad, p=10.0):
    large = np.abs(grad) >= 10.0**-p
    size = np.log10(np.where(large, np.abs(grad), 1.0)) / p
    return np.stack([np.where(large, size, -1.0), np.where(large, np.sign(grad), 10.0**p * grad)], axis=1)


# ---- learned_step


@wrong(
    "learned_step.state_not_carried",
    "Every step starts from h = 0 and c = 0; what the last step returned is not read.",
    "What is the network's memory for, if each step begins without one?",
    "The handout's network by hand with the forget gate's bias 0, the gradient always 1: its first steps are 0.0746 "
    "and 0.0895 long. Yours are 0.0746 and 0.0746.",
    "Look at where h and c come from when the state is not empty.",
)
def learned_step(x, grad, state, weights, scale=0.1):
    return right.learned_step(x, grad, {}, weights, scale)


@wrong(
    "learned_step.subtracts_the_step",
    "The network's output is subtracted, as a gradient is.",
    "Who decides which way is downhill here: the update formula, or the network?",
    "W_out = 0, b_out = 1, scale = 0.1: a step from x = 0 leads to 0.1. Yours leads to −0.1.",
    "Look at the sign in front of scale.",
)
def learned_step(x, grad, state, weights, scale=0.1):
    return right.learned_step(x, grad, state, weights, -scale)


@wrong(
    "learned_step.bias_not_scaled",
    "Only h·W_out is multiplied by scale, the bias is added in full.",
    "If scale is 0, may a step still lead anywhere?",
    "W_out = 0, b_out = 1, scale = 0.1: a step from x = 0 leads to 0.1. Yours leads to 1.",
    "Look at the brackets around what is multiplied by scale.",
)
def learned_step(x, grad, state, weights, scale=0.1):
    start = _zeros(x, weights)
    h, c = right.lstm_cell(right.preprocess_gradient(grad), state.get("h", start), state.get("c", start), weights)
    return x + scale * (h @ weights["W_out"])[:, 0] + weights["b_out"], {"h": h, "c": c}


@wrong(
    "learned_step.cell_state_not_carried",
    "The hidden state is the whole memory: h goes on to the next step, c starts at 0 again.",
    "An LSTM has two states. Which of them is the long memory, and what does yours do with it after a step?",
    "The handout's network by hand with the forget gate's bias 0, the gradient always 1: its first steps are 0.0746 "
    "and 0.0895 long. Yours are 0.0746 and 0.0746.",
    "Look at what goes into state_next, and at the third argument of the cell.",
)
def learned_step(x, grad, state, weights, scale=0.1):
    x_next, state_next = right.learned_step(x, grad, state, weights, scale)
    return x_next, {"h": state_next["h"]}


@wrong(
    "learned_step.memory_from_coordinate_to_coordinate",
    "The coordinates are a sequence for the cell: each one starts from the h and c that the one before it left.",
    "May the step of one coordinate depend on the gradient of another?",
    "Two coordinates with the same gradient take the same first step. With your code the second one's differs.",
    "Look at which h and c each coordinate starts from, and how many rows they have.",
)
def learned_step(x, grad, state, weights, scale=0.1):
    h, c = (state.get(name, _zeros(x[:1], weights)) for name in ("h", "c"))
    x_next = x.copy()
    for k, features in enumerate(right.preprocess_gradient(grad)):
        h, c = right.lstm_cell(features[None], h, c, weights)
        x_next[k] += scale * (h @ weights["W_out"] + weights["b_out"])[0, 0]
    return x_next, {"h": h, "c": c}


_memory = {}


@wrong(
    "learned_step.memory_in_a_global_variable",
    "h and c live outside of the function, so that the next call finds them there.",
    "What does the first step of a second run find in your memory?",
    "The handout's network by hand with the forget gate's bias 0, the gradient always 1: every run begins with a step "
    "of 0.0746. Your second run begins with 0.0895 if the first one took a single step.",
    "Look for names that your function uses and that are neither its arguments nor made inside of it.",
)
def learned_step(x, grad, state, weights, scale=0.1):
    state = _memory if _memory and _memory["h"].shape == _zeros(x, weights).shape else {}
    x_next, state_next = right.learned_step(x, grad, state, weights, scale)
    _memory.update(state_next)
    return x_next, {}


@wrong.both("learned_step.state_not_carried", "learned_step.subtracts_the_step")
def learned_step(x, grad, state, weights, scale=0.1):
    return right.learned_step(x, grad, {}, weights, -scale)


@wrong.both("learned_step.cell_state_not_carried", "learned_step.bias_not_scaled")
def learned_step(x, grad, state, weights, scale=0.1):
    start = _zeros(x, weights)
    h, _ = right.lstm_cell(right.preprocess_gradient(grad), state.get("h", start), start, weights)
    return x + scale * (h @ weights["W_out"])[:, 0] + weights["b_out"], {"h": h}


# ---- in more detail


@wrong(
    "lstm_cell.no_forget_gate",
    "The old cell state is kept in full.",
    "What can make this cell forget?",
    "A forget gate of 0.5 halves the old cell state. Yours stays as it is.",
    "Look at what the old cell state is multiplied by.",
)
def lstm_cell(z, h, c, weights):
    gates = z @ weights["W_ih"].T + weights["b_ih"] + h @ weights["W_hh"].T + weights["b_hh"]
    i, _, g, o = np.split(gates, 4, axis=1)
    c_next = c + 1 / (1 + np.exp(-i)) * np.tanh(g)
    return 1 / (1 + np.exp(-o)) * np.tanh(c_next), c_next


@wrong(
    "lstm_cell.output_through_tanh",
    "All gates are between −1 and 1.",
    "Between which two numbers should a share be, of which so much is let through?",
    "A gate of 0 lets half through. Yours lets nothing through.",
    "Look at the nonlinearity of the gates.",
)
def lstm_cell(z, h, c, weights):
    gates = z @ weights["W_ih"].T + weights["b_ih"] + h @ weights["W_hh"].T + weights["b_hh"]
    i, f, g, o = np.tanh(np.split(gates, 4, axis=1))
    c_next = f * c + i * g
    return o * np.tanh(c_next), c_next


@wrong(
    "lstm_cell.states_exchanged",
    "The cell state is returned first.",
    "In which order does the stub return its two results?",
    "The first result is h, which is never beyond 1 in size. Is yours?",
    "Look at the order in your return.",
)
def lstm_cell(z, h, c, weights):
    h_next, c_next = right.lstm_cell(z, h, c, weights)
    return c_next, h_next


@wrong(
    "preprocess_gradient.zero_for_zero",
    "A gradient of exactly 0 gives two zeros.",
    "Into which of the two cases does g = 0 fall?",
    "g = 0 gives (−1, 0). Yours gives (0, 0).",
    "Look at what your function does with 0.",
)
def preprocess_gradient(grad, p=10.0):
    found = right.preprocess_gradient(grad, p)
    return np.where((grad == 0)[:, np.newaxis], 0.0, found)


# ---- as a student's file has them, for repair tasks: the code above is made by other code

wrong.written(
    "lstm_cell.candidate_through_sigmoid",
    replace="np.tanh(g)",
    by="_sigmoid(g)",
)
wrong.written(
    "lstm_cell.output_gate_before_candidate",
    replace="i, f, g, o =",
    by="i, f, o, g =",
)
wrong.written(
    "lstm_cell.input_and_forget_swapped",
    replace="i, f, g, o =",
    by="f, i, g, o =",
)
wrong.written(
    "lstm_cell.cell_state_shown_as_it_is",
    replace="np.tanh(c_next)",
    by="c_next",
)
wrong.written(
    "lstm_cell.hidden_state_from_old_cell",
    replace="np.tanh(c_next)",
    by="np.tanh(c)",
)
wrong.written(
    "lstm_cell.recurrent_bias_forgotten",
    replace=' + weights["b_hh"]',
    by="",
)
wrong.written(
    "lstm_cell.one_added_to_forget_gate",
    replace="_sigmoid(f)",
    by="_sigmoid(f + 1)",
)
wrong.written(
    "lstm_cell.no_forget_gate",
    replace="_sigmoid(f) * c",
    by="c",
)
wrong.written(
    "lstm_cell.states_exchanged",
    replace="return _sigmoid(o) * np.tanh(c_next), c_next",
    by="return c_next, _sigmoid(o) * np.tanh(c_next)",
)
wrong.written(
    "learned_step.state_not_carried",
    replace='state.get("h", start), state.get("c", start)',
    by="start, start",
)
wrong.written(
    "learned_step.subtracts_the_step",
    replace="x + scale * step[:, 0]",
    by="x - scale * step[:, 0]",
)
wrong.written(
    "learned_step.bias_not_scaled",
    replace="""step = h @ weights["W_out"] + weights["b_out"]
    return x + scale * step[:, 0]""",
    by="""step = scale * (h @ weights["W_out"]) + weights["b_out"]
    return x + step[:, 0]""",
)
wrong.written(
    "learned_step.cell_state_not_carried",
    replace='state.get("c", start)',
    by="start",
)
