"""What is wrongly believed about nonlinearities, the linear layer and the chain rule, and what code comes of it."""

from __future__ import annotations

import numpy as np

from autograder.authoring import Misconceptions

from . import backprop as right

wrong = Misconceptions()


# ---- sigmoid


@wrong(
    "sigmoid.sign_of_exponent",
    "The exponent of the sigmoid is x itself, without a minus sign.",
    "What should come out for a very large positive x, and what for a very large negative one?",
    "The sigmoid rises: at x = 2 it is 0.88, and at x = −2 it is 0.12. Yours has the two the other way round.",
    "Look at the argument that the exponential is given.",
)
def sigmoid(x):
    return 1 / (1 + np.exp(x))


@wrong(
    "sigmoid.overflows",
    "A fraction with e^x above and below is computed as it is printed, however large x becomes.",
    "How large may x be before e^x no longer fits into a floating-point number?",
    "At x = 1000 the sigmoid is 1 to all digits. With e^1000 above and below the line it comes out as NaN.",
    "Look at the exponent: for positive x the same fraction can be written with an exponential that is small.",
)
def sigmoid(x):
    return np.exp(x) / (1 + np.exp(x))


@wrong(
    "sigmoid.brackets_missing",
    "The division reaches over the whole sum that is written behind it.",
    "In which order does Python work out a division and a sum?",
    "At x = 0 the sigmoid is 0.5. Yours is 2 there, although a sigmoid never leaves the range from 0 to 1.",
    "Look at the denominator: which part of it does the division sign take?",
)
def sigmoid(x):
    return 1 / 1 + np.exp(-x)


# ---- sigmoid_backward


@wrong(
    "sigmoid_backward.x_taken_for_output",
    "x is what the sigmoid returned, so it can go straight into the formula for the slope.",
    "Is x what went into the sigmoid, or what came out of it?",
    "At x = 3 the curve still rises, with a slope of 0.045. Your slope there is −6.",
    "Look at what stands in the two factors: each of them needs the value of the sigmoid at x.",
)
def sigmoid_backward(dy, x):
    return dy * x * (1 - x)


@wrong(
    "sigmoid_backward.upstream_ignored",
    "The slope of the sigmoid is already the gradient, whatever comes from above.",
    "The loss depends on y, and y on x. Which two slopes does the chain rule put together?",
    "At x = 0 the slope is 0.25. With dy = 4 the gradient is 1, with dy = −4 it is −1. Yours is 0.25 for both.",
    "Look for the place in your function where dy is used.",
)
def sigmoid_backward(dy, x):
    y = right.sigmoid(x)
    return y * (1 - y)


@wrong(
    "sigmoid_backward.overflows",
    "The derivative is computed from e^−x as the quotient rule gives it, for every x.",
    "How large does e^−x become when x is very negative, and what is its square?",
    "At x = −1000 the slope is 0. With e^1000 above and below the line it comes out as NaN.",
    "Look at the quotient: the slope can be written with the value of the sigmoid alone, which never overflows.",
)
def sigmoid_backward(dy, x):
    e = np.exp(-x)
    return dy * e / (1 + e) ** 2


# ---- tanh


@wrong(
    "tanh.overflows",
    "The two exponentials of tanh are divided as they are printed, however large x becomes.",
    "What do e^x and e^−x become at x = 1000, and what is their quotient?",
    "tanh is 1 at x = 1000 and −1 at x = −1000. Infinity over infinity gives NaN at both.",
    "Look at the exponentials: is there a form, or a ready function in NumPy, that has no large one?",
)
def tanh(x):
    return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))


@wrong(
    "tanh.sigmoid_not_squeezed",
    "tanh is the sigmoid stretched to the range from −1 to 1, and nothing else.",
    "How steep is tanh at 0, and how steep is your curve?",
    "tanh(1) is 0.76. Yours is 0.46: the range is right, but the curve rises only half as fast.",
    "Look at the argument of the exponential.",
)
def tanh(x):
    return 2 / (1 + np.exp(-x)) - 1


# ---- tanh_backward


@wrong(
    "tanh_backward.x_taken_for_output",
    "x is what tanh returned, so its square can be used as it is.",
    "Is x what went into tanh, or what came out of it?",
    "At x = 2 tanh still rises, with a slope of 0.07. Your slope there is −3.",
    "Look at what is squared: the formula needs the value of tanh at x.",
)
def tanh_backward(dy, x):
    return dy * (1 - x**2)


@wrong(
    "tanh_backward.square_missing",
    "The slope of tanh is what its value still lacks to 1.",
    "tanh looks alike on both sides of 0. What does that mean for its slope at x and at −x?",
    "The slope is 0.42 at x = 1 and at x = −1. Yours is 0.24 at the one and 1.76 at the other.",
    "Look at what is subtracted from 1.",
)
def tanh_backward(dy, x):
    return dy * (1 - np.tanh(x))


@wrong(
    "tanh_backward.upstream_ignored",
    "The slope of tanh is already the gradient, whatever comes from above.",
    "The loss depends on y, and y on x. Which two slopes does the chain rule put together?",
    "At x = 0 the slope is 1. With dy = 4 the gradient is 4, with dy = −4 it is −4. Yours is 1 for both.",
    "Look for the place in your function where dy is used.",
)
def tanh_backward(dy, x):
    return 1 - np.tanh(x) ** 2


# ---- relu


@wrong(
    "relu.slope_returned",
    "ReLU answers whether its input is positive: 1 for yes, 0 for no.",
    "What should become of 2.5: itself, or a 1?",
    "For x = (−1, 0.5, 3) the result is (0, 0.5, 3). Yours is (0, 1, 1), which is the slope.",
    "Look at what you return after the comparison: what becomes of the values of x?",
)
def relu(x):
    return np.where(x > 0, 1.0, 0.0)


@wrong(
    "relu.largest_of_all",
    "np.max compares every element with 0.",
    "What is the shape of your result, and what should it be?",
    "For x = (−1, 0.5, 3) the result is (0, 0.5, 3). Yours is one number, 3.",
    "Look up what np.max does with its second argument, and which function compares element by element.",
)
def relu(x):
    return np.max(x, 0)


# ---- relu_backward


@wrong(
    "relu_backward.one_at_zero",
    "At exactly 0 the gradient passes, as it does for positive x.",
    "ReLU has a kink at 0. Which of its two slopes does the handout choose there?",
    "With x = 0 and dy = 5 the gradient is taken to be 0. Yours is 5.",
    "Look at the comparison with 0: on which side does equality belong?",
)
def relu_backward(dy, x):
    return np.where(x >= 0, dy, 0.0)


@wrong(
    "relu_backward.mask_from_upstream",
    "Whether a gradient passes is decided by the sign of the gradient.",
    "What opened or closed the gate on the way forward?",
    "With x = 2 and dy = −3 the gate is open, and −3 comes back. Yours is 0.",
    "Look at the comparison with 0: which of the two arrays does it look at?",
)
def relu_backward(dy, x):
    return np.where(dy > 0, dy, 0.0)


@wrong(
    "relu_backward.upstream_ignored",
    "The slope of ReLU, 0 or 1, is already the gradient.",
    "The loss depends on y, and y on x. Which two slopes does the chain rule put together?",
    "At x = 2 the slope is 1. With dy = −3 the gradient is −3. Yours is 1, whatever dy is.",
    "Look for the place in your function where dy is used.",
)
def relu_backward(dy, x):
    return np.where(x > 0, 1.0, 0.0)


@wrong(
    "relu_backward.value_for_slope",
    "The gradient from above is multiplied by the output of ReLU.",
    "How steep is ReLU at x = 1, and how steep at x = 10?",
    "With dy = 1 the gradient is 1 at x = 1 and at x = 10. Yours is 10 at the second.",
    "Look at the factor behind dy: is it a value of ReLU, or its slope?",
)
def relu_backward(dy, x):
    return dy * np.maximum(x, 0.0)


@wrong(
    "relu_backward.negative_gradients_blocked_too",
    "ReLU lets nothing negative through, on the way back as on the way forward.",
    "The gate has been set on the way forward. Does it also look at the sign of what comes back?",
    "With x = (−1, 2, 3) and dy = (4, −5, 6) the gradient is (0, −5, 6). Yours is (0, 0, 6).",
    "Look for every comparison or maximum with 0: which of them looks at x, and which at dy?",
)
def relu_backward(dy, x):
    return np.maximum(dy, 0.0) * (x > 0)


# ---- softplus


@wrong(
    "softplus.overflows",
    "The logarithm brings e^x back to a harmless size, however large x is.",
    "What is e^1000 in floating point, before the logarithm gets to see it?",
    "At x = 1000 softplus is 1000. Yours is infinite from about x = 710 on.",
    "Look at the exponential: for large x, can you take x out of the logarithm first?",
)
def softplus(x):
    return np.log(1 + np.exp(x))


@wrong(
    "softplus.overflows_on_the_left",
    "Once x has been taken out of the logarithm, nothing can overflow any more.",
    "You have made the formula safe for large x. What does it do for x = −1000?",
    "At x = −1000 softplus is 0. Yours adds −1000 and infinity.",
    "Look at the sign in the exponential: the two sides of 0 need different ones.",
)
def softplus(x):
    return x + np.log(1 + np.exp(-x))


@wrong(
    "softplus.positive_part_forgotten",
    "With −|x| in the exponent the logarithm is safe, and nothing else has to change.",
    "softplus is close to x for large x. What is your function close to there?",
    "softplus(2) is 2.13 and softplus(−2) is 0.13. Yours is 0.13 for both.",
    "Look at the minus sign that you have put in front of |x|: for positive x it needs a term outside the logarithm.",
)
def softplus(x):
    return np.log1p(np.exp(-np.abs(x)))


@wrong(
    "softplus.argument_clipped",
    "An argument that is cut off at 20 keeps e^x small, and changes nothing else.",
    "For large x softplus is close to x. How large can your result become?",
    "At x = 1000 softplus is 1000. Yours is 20 there, and at x = 30, too.",
    "Look at what you do to x before the exponential: for large x something has to be left of it.",
)
def softplus(x):
    return np.log1p(np.exp(np.clip(x, -20, 20)))


# ---- softplus_backward


@wrong(
    "softplus_backward.treated_like_relu",
    "softplus looks like ReLU, so it has the slopes of ReLU, 0 and 1.",
    "ReLU has a kink at 0 and softplus is smooth. How steep is softplus at 0?",
    "With dy = 1 the gradient at x = 0.5 is 0.62, and 0.38 at x = −0.5. Yours jumps from 0 to 1 in between.",
    "Look at what you multiply dy by: is it the derivative of log(1 + e^x)?",
)
def softplus_backward(dy, x):
    return np.where(x > 0, dy, 0.0)


@wrong(
    "softplus_backward.overflows",
    "The derivative is computed as e^x over 1 + e^x, however large x becomes.",
    "What becomes of a fraction whose two halves are both infinite?",
    "At x = 1000 the slope is 1. With e^1000 above and below the line it comes out as NaN.",
    "Look at the fraction: which of your other functions computes the same and is already safe?",
)
def softplus_backward(dy, x):
    return dy * np.exp(x) / (1 + np.exp(x))


# ---- linear_forward


@wrong(
    "linear_forward.bias_forgotten",
    "A linear layer is the multiplication by the weights, and nothing else.",
    "What should come out for an input that is zero everywhere?",
    "With x = (0, 0) and b = 3 the output is 3. Yours is 0.",
    "Look for the place in your function where b is used.",
)
def linear_forward(x, W, b):
    return x @ W, (x, W)


@wrong(
    "linear_forward.weights_transposed",
    "W has one row for each output, as in PyTorch.",
    "Which axis of W belongs to the inputs, and which to the outputs?",
    "For 3 inputs and 2 outputs W has the shape (3, 2). A row of x has 3 numbers, one for each row of W.",
    "Look at what stands to the right of the multiplication sign, and compare its shape with that of x.",
)
def linear_forward(x, W, b):
    return x @ W.T + b, (x, W)


# ---- linear_backward


@wrong(
    "linear_backward.divided_by_batch_size",
    "The gradients of a layer are means over the examples of the batch.",
    "Who takes the mean over the examples: the layer, or the loss behind it?",
    "With two examples, x = (1, 3) and dy = (1, 1), dW is 4 and db is 2. Yours are 2 and 1.",
    "Look for a division: the 1/N of a mean loss is already in dy.",
)
def linear_backward(dy, cache):
    x, W = cache
    return dy @ W.T, x.T @ dy / len(x), dy.sum(axis=0) / len(x)


@wrong(
    "linear_backward.db_averaged",
    "The gradient of the bias is the mean of the gradients of all examples.",
    "The same bias serves every example. What becomes of the contributions of several paths?",
    "With two examples and dy = (1, 3), raising b by 0.1 changes the loss by 0.4, so db is 4. Yours is 2.",
    "Look at how you bring the rows of dy together.",
)
def linear_backward(dy, cache):
    x, W = cache
    return dy @ W.T, x.T @ dy, dy.mean(axis=0)


@wrong(
    "linear_backward.db_not_summed",
    "The bias is added to the output, so its gradient is dy itself.",
    "What is the shape of b, and what is the shape of your db?",
    "With 4 examples and 2 outputs b has 2 numbers, and so must db. Yours has 4 rows of 2.",
    "Look at db: one bias serves all rows, so what has to happen to the rows of dy?",
)
def linear_backward(dy, cache):
    x, W = cache
    return dy @ W.T, x.T @ dy, dy


@wrong(
    "linear_backward.db_keeps_batch_axis",
    "The gradient of the bias is a matrix with a single row.",
    "Has db exactly the shape of b?",
    "With 2 outputs b has the shape (2,). Yours has (1, 2): the numbers are right, one axis is too many.",
    "Look at the options of the sum over the examples.",
)
def linear_backward(dy, cache):
    x, W = cache
    return dy @ W.T, x.T @ dy, dy.sum(axis=0, keepdims=True)


@wrong(
    "linear_backward.dw_transposed",
    "The gradient of the weights has one row for each output.",
    "Has dW exactly the shape of W?",
    "With 3 inputs and 2 outputs W has the shape (3, 2), and so must dW. Yours has (2, 3).",
    "Look at the order of the two factors in dW, and at which of them is transposed.",
)
def linear_backward(dy, cache):
    x, W = cache
    return dy @ W.T, dy.T @ x, dy.sum(axis=0)


@wrong(
    "linear_backward.dx_without_transpose",
    "The gradient goes back through the same W that the input came through.",
    "dy has one column for each output. Which axis of W belongs to the outputs?",
    "With 3 inputs and 2 outputs dx needs 3 columns and dy has 2, but W takes 3 numbers and gives 2.",
    "Look at W in dx: forward it leads from inputs to outputs, backward it has to lead the other way.",
)
def linear_backward(dy, cache):
    x, W = cache
    return dy @ W, x.T @ dy, dy.sum(axis=0)


_latest = []


@wrong(
    "linear_backward.latest_forward_call",
    "The inputs and weights of the latest forward call are the ones that are needed.",
    "Two layers run forward, one after the other. Which of them goes backward first, and which one after it?",
    "Let layer 1 have x = 2 and layer 2 have x = 5. With dy = 1, dW of layer 1 is 2. Yours is 5.",
    "Look at where linear_backward takes x and W from: is it the cache that it is handed?",
)
class LatestForwardCall:
    @staticmethod
    def linear_forward(x, W, b):
        _latest[:] = x, W
        return x @ W + b, None

    @staticmethod
    def linear_backward(dy, cache):
        x, W = _latest
        return dy @ W.T, x.T @ dy, dy.sum(axis=0)


@wrong(
    "linear_backward.dw_averaged",
    "The gradient of the weights is a mean over the examples, that of the bias is a sum.",
    "W serves every example, just as b does. How do the contributions of several examples come together?",
    "With two examples, x = (1, 3) and dy = (1, 1), dW is 4. Yours is 2.",
    "Look at dW for a division: the 1/N of a mean loss is already in dy.",
)
def linear_backward(dy, cache):
    x, W = cache
    return dy @ W.T, x.T @ dy / len(x), dy.sum(axis=0)


@wrong.both("linear_backward.db_averaged", "linear_backward.dw_transposed")
def linear_backward(dy, cache):
    x, W = cache
    return dy @ W.T, dy.T @ x, dy.mean(axis=0)


@wrong.both("linear_backward.db_not_summed", "linear_backward.dw_transposed")
def linear_backward(dy, cache):
    x, W = cache
    return dy @ W.T, dy.T @ x, dy


# ---- mlp_loss_and_gradients


def _forward(params, x):
    """Return the argument of tanh, the hidden layer and the output."""
    a = x @ params["W1"] + params["b1"]
    h = np.tanh(a)
    return a, h, h @ params["W2"] + params["b2"]


def _gradients(params, x, h, df, slope):
    """Return all gradients, given that of the output, and the slope at the hidden layer."""
    da = df @ params["W2"].T * slope
    return {"W1": x.T @ da, "b1": da.sum(axis=0), "W2": h.T @ df, "b2": df.sum(axis=0)}


@wrong(
    "mlp_loss_and_gradients.two_forgotten",
    "The gradient of a squared error is the error.",
    "What is the derivative of e², and which factor does it have in front?",
    "For one example that is off by 3, L is 9. With b2 raised by 0.1 it is 9.61, so the slope is about 6. Yours is 3.",
    "Look at the first gradient on the way back, that of the output: all the others inherit from it.",
)
def mlp_loss_and_gradients(params, x, t):
    _, h, f = _forward(params, x)
    return np.sum((f - t) ** 2) / len(x), _gradients(params, x, h, (f - t) / len(x), 1 - h**2)


@wrong(
    "mlp_loss_and_gradients.half_in_front",
    "The squared error has a ½ in front, so that its derivative has no 2.",
    "Is there a ½ in the loss that the handout asks for?",
    "For one example with outputs that are off by 1 and 2, L is 1 + 4 = 5. Yours is 2.5.",
    "Look at the factors in front of the sum, in the loss and in the gradient of the output.",
)
def mlp_loss_and_gradients(params, x, t):
    _, h, f = _forward(params, x)
    return np.sum((f - t) ** 2) / (2 * len(x)), _gradients(params, x, h, (f - t) / len(x), 1 - h**2)


@wrong(
    "mlp_loss_and_gradients.mean_over_outputs_too",
    "The loss is a mean over all entries, over the outputs as well as over the examples.",
    "The formula has one sum and one mean. Which of the two goes over the outputs?",
    "For one example with three outputs that are off by 1, 1 and 2, L is 1 + 1 + 4 = 6. Yours is 2.",
    "Look at what you divide by: how many examples there are, or how many numbers?",
)
def mlp_loss_and_gradients(params, x, t):
    _, h, f = _forward(params, x)
    return np.mean((f - t) ** 2), _gradients(params, x, h, 2 * (f - t) / f.size, 1 - h**2)


@wrong(
    "mlp_loss_and_gradients.summed_over_examples",
    "The loss is the sum of the squared errors of all examples.",
    "If every example came twice, should the loss double?",
    "For two examples with one output, off by 1 and 3, L is (1 + 9)/2 = 5. Yours is 10.",
    "Look for the number of examples in your code.",
)
def mlp_loss_and_gradients(params, x, t):
    _, h, f = _forward(params, x)
    return np.sum((f - t) ** 2), _gradients(params, x, h, 2 * (f - t), 1 - h**2)


@wrong(
    "mlp_loss_and_gradients.gradient_not_averaged",
    "The mean over the examples concerns the loss alone, and the gradients are sums.",
    "If every example comes twice, the loss stays as it is. What should the gradients do?",
    "For two examples with one output, both off by 1, L is 1 and the gradient of b2 is 2. Yours is 4.",
    "Look at the gradient of the output: does everything that stands in front of the sum of L stand there, too?",
)
def mlp_loss_and_gradients(params, x, t):
    _, h, f = _forward(params, x)
    return np.sum((f - t) ** 2) / len(x), _gradients(params, x, h, 2 * (f - t), 1 - h**2)


@wrong(
    "mlp_loss_and_gradients.slope_forgotten",
    "The gradient of the hidden layer goes to the first weights as it is.",
    "What lies between x·W1 + b1 and the second layer, and how does a gradient get through it?",
    "A hidden unit at a = 3 is nearly saturated: a step of 0.1 in its bias moves it by 0.0009. Yours counts on 0.1.",
    "Look between the gradients of W2 and W1: one step of the chain is missing.",
)
def mlp_loss_and_gradients(params, x, t):
    _, h, f = _forward(params, x)
    return np.sum((f - t) ** 2) / len(x), _gradients(params, x, h, 2 * (f - t) / len(x), 1.0)


@wrong(
    "mlp_loss_and_gradients.slope_at_the_output_of_tanh",
    "The backward pass of tanh is called with the hidden layer, which tanh has already been applied to.",
    "Does tanh_backward expect what went into tanh, or what came out of it?",
    "A unit at a = 2 has h = 0.96 and a slope of 0.07. Yours is 0.44, the slope of tanh at 0.96.",
    "Look at the second argument of tanh_backward, or at how often tanh is applied in your slope.",
)
def mlp_loss_and_gradients(params, x, t):
    _, h, f = _forward(params, x)
    return np.sum((f - t) ** 2) / len(x), _gradients(params, x, h, 2 * (f - t) / len(x), 1 - np.tanh(h) ** 2)


@wrong(
    "mlp_loss_and_gradients.error_with_wrong_sign",
    "The gradient starts from target minus output.",
    "If an output is too large already, does the loss rise or fall when the output rises?",
    "For one example whose output is 1 too large, raising b2 raises L, so its gradient is 2. Yours is −2.",
    "Look at the order of the difference in the gradient of the output.",
)
def mlp_loss_and_gradients(params, x, t):
    _, h, f = _forward(params, x)
    return np.sum((f - t) ** 2) / len(x), _gradients(params, x, h, 2 * (t - f) / len(x), 1 - h**2)


@wrong(
    "mlp_loss_and_gradients.output_through_tanh",
    "Every layer of the network ends in tanh, the last one too.",
    "Between which numbers can the output of your network lie, and where may a target lie?",
    "With all weights 0, b2 = 2 and the target 2, L is 0. Yours is 1.07, because it compares tanh(2) = 0.96 with 2.",
    "Look at how many times tanh is applied on the way from x to the output.",
)
def mlp_loss_and_gradients(params, x, t):
    _, h, f = _forward(params, x)
    y = np.tanh(f)
    df = 2 * (y - t) / len(x) * (1 - y**2)
    return np.sum((y - t) ** 2) / len(x), _gradients(params, x, h, df, 1 - h**2)


@wrong(
    "mlp_loss_and_gradients.preactivation_in_second_layer",
    "The gradient of W2 is made with what goes into tanh.",
    "What is multiplied by W2 on the way forward: a = x·W1 + b1, or tanh of it?",
    "One example, a = 2 and the output 1 too large: the gradient of W2 is 2·0.96 = 1.93. Yours is 2·2 = 4.",
    "Look at which of your two hidden arrays the gradient of W2 uses.",
)
def mlp_loss_and_gradients(params, x, t):
    a, h, f = _forward(params, x)
    grads = _gradients(params, x, h, 2 * (f - t) / len(x), 1 - h**2)
    return np.sum((f - t) ** 2) / len(x), grads | {"W2": a.T @ (2 * (f - t) / len(x))}


@wrong.both("mlp_loss_and_gradients.two_forgotten", "mlp_loss_and_gradients.gradient_not_averaged")
def mlp_loss_and_gradients(params, x, t):
    _, h, f = _forward(params, x)
    return np.sum((f - t) ** 2) / len(x), _gradients(params, x, h, f - t, 1 - h**2)


@wrong.both("mlp_loss_and_gradients.mean_over_outputs_too", "mlp_loss_and_gradients.slope_forgotten")
def mlp_loss_and_gradients(params, x, t):
    _, h, f = _forward(params, x)
    return np.mean((f - t) ** 2), _gradients(params, x, h, 2 * (f - t) / f.size, 1.0)


@wrong.both("mlp_loss_and_gradients.half_in_front", "mlp_loss_and_gradients.slope_at_the_output_of_tanh")
def mlp_loss_and_gradients(params, x, t):
    _, h, f = _forward(params, x)
    return np.sum((f - t) ** 2) / (2 * len(x)), _gradients(params, x, h, (f - t) / len(x), 1 - np.tanh(h) ** 2)


# ---- more about the nonlinearities


def _elementwise(name, formula):
    """Return a nonlinearity, or a backward pass, that is one formula."""

    def forward(x):
        with np.errstate(all="ignore"):
            return formula(x)

    def backward(dy, x):
        with np.errstate(all="ignore"):
            return formula(dy, x)

    function = backward if name.endswith("_backward") else forward
    function.__name__ = name
    return function


def _slope(function):
    """Add a misconception about a backward pass that is one formula of dy and x."""

    def add(name, belief, question, example, place, formula):
        wrong(f"{function}.{name}", belief, question, example, place)(_elementwise(function, formula))

    return add


def _s(x):
    return right.sigmoid(x)


_value = _slope("sigmoid")
_value(
    "same_formula_for_both_signs",
    "With |x| in the exponent, one formula serves for both signs.",
    "What should σ(−2) and σ(2) add up to?",
    "At x = −2 the sigmoid is 0.12. Yours is 0.88, the value at 2: it is never below one half.",
    "Look at negative x: which of the two ways of writing the fraction has an exponential that is small there?",
    lambda x: 1 / (1 + np.exp(-np.abs(x))),
)
_value(
    "softmax_of_the_array",
    "The exponentials are divided by their sum.",
    "Should σ of one number change if another number of the array does?",
    "The sigmoid of (0, 0) is (0.5, 0.5), and that of (0, 0, 0) is (0.5, 0.5, 0.5). Are yours thirds?",
    "Look for a sum over the array: the sigmoid is taken element by element.",
    lambda x: np.exp(x - np.max(x)) / np.sum(np.exp(x - np.max(x))),
)
_value(
    "straight_line",
    "A straight line between two limits will do.",
    "How steep is the sigmoid at 0, and at 2?",
    "At x = 2 the sigmoid is 0.881. Yours is 0.9, and it is exactly 1 from 2.5 on.",
    "Look for a formula without an exponential: that is the hard sigmoid, another function.",
    lambda x: np.clip(0.2 * x + 0.5, 0.0, 1.0),
)
_value(
    "argument_clipped",
    "Large arguments are cut off, so that nothing overflows.",
    "How far from its limit is the sigmoid where you cut?",
    "At x = −20 the sigmoid is 2·10⁻⁹, not the value at your limit.",
    "Look at the numbers in your clip: the exponential is finite up to about 700.",
    lambda x: _s(np.clip(x, -5, 5)),
)

_value = _slope("tanh")
_value(
    "tangent",
    "tanh is the tangent.",
    "Does tanh have poles?",
    "At x = 1 tanh is 0.762. Yours is 1.557.",
    "Look at the name of the function that you call.",
    np.tan,
)
_value(
    "sign_lost_for_large_arguments",
    "For large |x| tanh is 1.",
    "What is the limit on the left?",
    "At x = −30 tanh is −1. Yours is 1.",
    "Look at the case for large |x|: does it know the sign of x?",
    lambda x: np.where(np.abs(x) > 20, 1.0, np.tanh(x)),
)

_value = _slope("relu")
_value(
    "leaky",
    "A little of the negative part is let through.",
    "What should relu(−3) be, exactly?",
    "At x = −3 relu is 0. Yours is −0.03.",
    "Look at the branch for negative x: that is leaky ReLU, another function.",
    lambda x: np.where(x > 0, x, 0.01 * x),
)
wrong.also("relu.leaky")(_elementwise("relu", lambda x: np.where(x > 0, x, 0.1 * x)))
_value(
    "absolute_value",
    "Negative numbers lose their sign.",
    "What should relu(−3) be?",
    "At x = −3 relu is 0. Yours is 3.",
    "Look at what your function does with negative numbers.",
    np.abs,
)
_value(
    "smallest_of_both",
    "relu is the smaller one of x and 0.",
    "What should relu(3) be?",
    "At x = 3 relu is 3, and at −3 it is 0. Yours has 0 and −3.",
    "Look at whether you take a maximum or a minimum, or at the side to which your condition looks.",
    lambda x: np.minimum(x, 0),
)

_value = _slope("softplus")
_value(
    "base_two",
    "The logarithm has the base 2.",
    "What is softplus(0), with the natural logarithm?",
    "At x = 0 softplus is ln 2 = 0.693. Yours is 1.",
    "Look at which logarithm you take.",
    lambda x: np.logaddexp2(0, x),
)
wrong.also("softplus.base_two")(_elementwise("softplus", lambda x: np.logaddexp(0, x) / np.log(2)))
_value(
    "base_ten",
    "The logarithm has the base 10.",
    "What is softplus(0), with the natural logarithm?",
    "At x = 0 softplus is ln 2 = 0.693. Yours is 0.301.",
    "Look at which logarithm you take.",
    lambda x: np.logaddexp(0, x) / np.log(10),
)
_value(
    "sign_of_exponent",
    "The exponent is −x.",
    "For very large x, should softplus be like x or like 0?",
    "At x = 2 softplus is 2.127. Yours is 0.127, the value at −2.",
    "Look at the sign in the exponent.",
    lambda x: np.logaddexp(0, -x),
)
_value(
    "zero_on_the_left",
    "Far on the left softplus is 0.",
    "Is softplus ever exactly 0?",
    "At x = −20 softplus is 2·10⁻⁹, nearly e^x. Yours is 0.",
    "Look for a case of its own for negative x: where does it begin?",
    lambda x: np.where(x < -4, 0.0, np.logaddexp(0, x)),
)

_value = _slope("sigmoid_backward")
_value(
    "derivative_of_tanh",
    "The slope is 1 − σ(x)², as that of tanh.",
    "How steep is the sigmoid at 0?",
    "At x = 0 the slope is 0.25. Yours is 0.75.",
    "Look at the formula of the slope: whose is it?",
    lambda dy, x: dy * (1 - _s(x) ** 2),
)
_value(
    "sigmoid_applied_twice",
    "The slope is taken at σ(x).",
    "How often is the sigmoid applied on the way from x to your slope?",
    "At x = 0 the slope is 0.25. Yours is 0.235.",
    "Look at what your formula is given: x, or the sigmoid of it?",
    lambda dy, x: dy * _s(_s(x)) * (1 - _s(_s(x))),
)
_value(
    "brackets_missing",
    "dy·σ(x)·1 − σ(x) is computed from left to right.",
    "What becomes of dx where dy is 0?",
    "Where dy is 0, dx is 0. Yours is −σ(x).",
    "Look at the brackets around 1 − σ(x).",
    lambda dy, x: dy * _s(x) - _s(x),
)
_value(
    "one_factor_missing",
    "The slope is σ(x).",
    "How steep is the sigmoid far on the right?",
    "At x = 5 the slope is 0.0066. Yours is 0.993.",
    "Look at the factors of your slope: there are two beside dy.",
    lambda dy, x: dy * _s(x),
)
_value(
    "other_factor_missing",
    "The slope is 1 − σ(x).",
    "How steep is the sigmoid far on the left?",
    "At x = −5 the slope is 0.0066. Yours is 0.993.",
    "Look at the factors of your slope: there are two beside dy.",
    lambda dy, x: dy * (1 - _s(x)),
)
_value(
    "minus_sign",
    "The slope is −σ(x)·(1 − σ(x)).",
    "Does the sigmoid rise or fall?",
    "At x = 0 the slope is 0.25. Yours is −0.25.",
    "Follow each minus sign in the chain rule: the exponent has one, and so has the derivative of 1/u.",
    lambda dy, x: -dy * _s(x) * (1 - _s(x)),
)

_value = _slope("tanh_backward")
_value(
    "chain_rule_twice",
    "The slope is multiplied twice.",
    "How often does the gradient pass through tanh on its way back?",
    "At x = 1 and dy = 1, dx is 0.42. Yours is 0.176.",
    "Look at how often the slope is a factor of dx.",
    lambda dy, x: dy * (1 - np.tanh(x) ** 2) ** 2,
)
_value(
    "brackets_missing",
    "dy·1 − tanh(x)² is computed from left to right.",
    "What becomes of dx where dy is 0?",
    "Where dy is 0, dx is 0. Yours is −tanh(x)².",
    "Look at the brackets around 1 − tanh(x)².",
    lambda dy, x: dy - np.tanh(x) ** 2,
)
_value(
    "whole_bracket_squared",
    "The slope is (1 − tanh(x))².",
    "Is the slope of tanh the same at 1 and at −1?",
    "At x = 1 the slope is 0.42. Yours is 0.057, and 3.1 at −1.",
    "Look at what is squared.",
    lambda dy, x: dy * (1 - np.tanh(x)) ** 2,
)
_value(
    "absolute_value_for_square",
    "The slope is 1 − |tanh(x)|.",
    "How steep is tanh beside 0: does its slope have a corner there?",
    "At x = 1 the slope is 0.42. Yours is 0.238.",
    "Look at the power of tanh in your slope.",
    lambda dy, x: dy * (1 - np.abs(np.tanh(x))),
)
_value(
    "plus_for_minus",
    "The slope is 1 + tanh(x)².",
    "How steep is tanh far on the right?",
    "At x = 3 the slope is 0.0099. Yours is 1.99.",
    "Look at the sign between 1 and the square: tan and tanh differ in it.",
    lambda dy, x: dy * (1 + np.tanh(x) ** 2),
)
_value(
    "arguments_exchanged",
    "dy is what tanh is taken of, and x is what comes from above.",
    "Which of the two arguments was given to tanh in the forward pass?",
    "At x = 0 and dy = 2, dx is 2. Yours is 0.",
    "Look at which argument stands inside tanh.",
    lambda dy, x: x * (1 - np.tanh(dy) ** 2),
)
_value(
    "derivative_of_sigmoid",
    "The slope is tanh(x)·(1 − tanh(x)), as that of the sigmoid.",
    "How steep is tanh at 0?",
    "At x = 0 the slope is 1. Yours is 0.",
    "Look at the formula of the slope: whose is it?",
    lambda dy, x: dy * np.tanh(x) * (1 - np.tanh(x)),
)

_value = _slope("relu_backward")
_value(
    "leaky",
    "A little of the gradient passes where x is negative.",
    "What does relu do when x moves from −3 to −2.9?",
    "At x = −3 and dy = 1, dx is 0. Yours is 0.01.",
    "Look at the branch for negative x: that is leaky ReLU, another function.",
    lambda dy, x: np.where(x > 0, dy, 0.01 * dy),
)
_value(
    "passes_where_negative",
    "The gradient passes where x is negative.",
    "Where does relu pass x on, and where is it flat?",
    "At x = 3 and dy = 1, dx is 1. Yours is 0, and 1 at −3.",
    "Look at the side to which your condition looks.",
    lambda dy, x: np.where(x < 0, dy, 0.0),
)
_value(
    "dy_passed_through",
    "The gradient passes everywhere.",
    "What does relu do when x moves from −3 to −2.9?",
    "At x = −3 and dy = 1, dx is 0. Yours is 1.",
    "Look at whether dx depends on x.",
    lambda dy, x: dy * 1.0,
)

_value = _slope("softplus_backward")
_value(
    "falling",
    "The slope is 1/(1 + e^x).",
    "Does softplus become steeper or flatter to the right?",
    "At x = 2 the slope is 0.881. Yours is 0.119.",
    "Look at the sign in the exponent.",
    lambda dy, x: dy * _s(-x),
)
_value(
    "derivative_of_sigmoid",
    "The slope is σ(x)·(1 − σ(x)).",
    "How steep is softplus far on the right?",
    "At x = 5 the slope is 0.993. Yours is 0.0066, one derivative further.",
    "Look at which function your formula is the derivative of.",
    lambda dy, x: dy * _s(x) * (1 - _s(x)),
)
_value(
    "at_the_output",
    "The slope is the sigmoid of softplus(x).",
    "At which point is a derivative taken: at the argument, or at the value?",
    "At x = 0 the slope is 0.5. Yours is 0.667.",
    "Look at what your sigmoid is given.",
    lambda dy, x: dy * _s(np.logaddexp(0, x)),
)
_value(
    "upstream_ignored",
    "dx is the slope itself.",
    "What does the chain rule do with dy?",
    "At x = 0 and dy = 3, dx is 1.5. Yours is 0.5.",
    "Look for dy in your function.",
    lambda dy, x: _s(x),
)
_value(
    "upstream_added",
    "The gradient from above is added to the slope.",
    "What becomes of dx where dy is 0?",
    "Where dy is 0, dx is 0. Yours is the slope.",
    "Look at the operation between dy and the slope.",
    lambda dy, x: dy + _s(x),
)
_value(
    "upstream_inside",
    "dy is multiplied into the argument of the sigmoid.",
    "If dy doubles, what should dx do?",
    "At x = 0 and dy = 2, dx is 1. Yours is 0.5, for every dy.",
    "Look at the brackets: what is inside of the sigmoid?",
    lambda dy, x: _s(dy * x),
)
_value(
    "product_of_softplus",
    "The slope is softplus(x)·(1 − softplus(x)), after the pattern of the sigmoid.",
    "How steep is softplus far on the right?",
    "At x = 0 the slope is 0.5. Yours is 0.213.",
    "Differentiate log(u) with u = 1 + e^x, and look which well-known function comes out.",
    lambda dy, x: dy * np.logaddexp(0, x) * (1 - np.logaddexp(0, x)),
)


# ---- more about the linear layer


def _linear_forward(name, belief, question, example, place, formula):
    def linear_forward(x, W, b):
        return formula(x, W, b), (x, W)

    wrong(f"linear_forward.{name}", belief, question, example, place)(linear_forward)


_linear_forward(
    "bias_subtracted",
    "The bias is a threshold that is subtracted.",
    "With x = 0, what comes out?",
    "With x = 0 and b = 3 the output is 3. Yours is −3.",
    "Look at the sign in front of b.",
    lambda x, W, b: x @ W - b,
)
_linear_forward(
    "bias_multiplied_too",
    "The bias is added to the weights.",
    "With x = 0, what comes out?",
    "With x = 0 and b = 3 the output is 3. Yours is 0.",
    "Look at the brackets around W and b.",
    lambda x, W, b: x @ (W + b),
)
_linear_forward(
    "sum_of_biases_added",
    "All biases together are added to every output.",
    "How many biases does one output have?",
    "With x = 0 and b = (1, 2) the output is (1, 2). Yours is (3, 3).",
    "Look for a sum over b.",
    lambda x, W, b: x @ W + b.sum(),
)
_linear_forward(
    "weights_reshaped",
    "W is reshaped until the product exists.",
    "Which entry of W joins input 0 and output 1?",
    "W of shape (2, 3) is used as it is: its first row are the weights of the first input.",
    "Look for a reshape of W: which entries change their places?",
    lambda x, W, b: x @ W.reshape(-1).reshape(W.shape[::-1]).T + b,
)


def _linear_backward(name, belief, question, example, place, formula):
    def linear_backward(dy, cache):
        return formula(dy, *cache)

    wrong(f"linear_backward.{name}", belief, question, example, place)(linear_backward)


_linear_backward(
    "db_summed_over_everything",
    "db is the sum of all entries of dy.",
    "How many biases are there?",
    "For dy = ((1, 2), (3, 4)), db is (4, 6). Is yours 10, in every entry?",
    "Look at the axis of your sum.",
    lambda dy, x, W: (dy @ W.T, x.T @ dy, np.full(dy.shape[1], dy.sum())),
)
_linear_backward(
    "weights_reshaped",
    "dx takes W reshaped to (M, D).",
    "Which entry of W joins input 0 and output 1, and where is it after your reshape?",
    "A reshape reads the entries row by row and writes them row by row; turning the matrix moves (0, 1) to (1, 0).",
    "Look at what makes (M, D) of (D, M) in dx.",
    lambda dy, x, W: (dy @ W.reshape(W.shape[::-1]), x.T @ dy, dy.sum(axis=0)),
)
_linear_backward(
    "last_example_only",
    "dW is that of the last example.",
    "How many examples does W act on?",
    "If every example is there twice, dW doubles. Does yours?",
    "Look at your loop over the examples: is dW added to, or written anew?",
    lambda dy, x, W: (dy @ W.T, np.outer(x[-1], dy[-1]), dy.sum(axis=0)),
)
_linear_backward(
    "product_of_means",
    "dW is made of the mean input.",
    "Is the mean of a product the product of the means?",
    "For x = (1, −1) and dy = (1, −1), dW is 2. Is yours 0?",
    "Look at what is summed first: the products, or their factors?",
    lambda dy, x, W: (dy @ W.T, np.outer(x.sum(axis=0), dy.mean(axis=0)), dy.sum(axis=0)),
)
_linear_backward(
    "db_forgotten",
    "b is a constant, so db is 0.",
    "Does the loss change when a bias does?",
    "For dy = ((1, 2), (3, 4)), db is (4, 6). Is yours 0?",
    "Look at what db is made of.",
    lambda dy, x, W: (dy @ W.T, x.T @ dy, np.zeros(dy.shape[1])),
)


# ---- more about the whole network

_MORE = {
    "half_in_loss": (
        "The loss has a factor ½ that the gradients do not have.",
        "What is the derivative of ½e²?",
        "One example with the error 3: the loss is 9. Yours is 4.5, with the gradients of 9.",
        "Look at the line that returns the loss: the formula of the handout has no ½.",
        "float((error**2).sum() / len(x))",
        "float((error**2).sum() / len(x)) / 2",
    ),
    "gradient_divided_by_outputs_too": (
        "The gradients are divided by the number of outputs as well.",
        "By what is the loss divided?",
        "Two examples with three outputs: the error is divided by 2. Yours is divided by 6.",
        "Look at the number that 2·error is divided by: a length, or a size?",
        "2 * error / len(x)",
        "2 * error / error.size",
    ),
    "root_of_the_mean": (
        "The loss is the root of the mean square.",
        "What is differentiated in your gradients: the mean square, or its root?",
        "One example with the error 3: the loss is 9. Yours is 3.",
        "Look for a root in your loss.",
        "float((error**2).sum() / len(x))",
        "float(np.sqrt((error**2).sum() / len(x)))",
    ),
    "norm_not_squared": (
        "The loss is the mean distance.",
        "What is the power of the norm in the formula?",
        "One example with the error (3, 4): the loss is 25. Yours is 5.",
        "Look at what is squared before the mean is taken, and at whether a root follows.",
        "float((error**2).sum() / len(x))",
        "float(np.sqrt((error**2).sum(axis=1)).mean())",
    ),
    "absolute_error": (
        "The loss is the mean absolute error.",
        "What does the formula do with each error?",
        "One example with the error 3: the loss is 9. Yours is 3.",
        "Look at what is done with the errors before they are added up.",
        "float((error**2).sum() / len(x))",
        "float(np.abs(error).sum() / len(x))",
    ),
    "output_bias_forgotten": (
        "The second layer has no bias.",
        "What does the network return if W2 is 0?",
        "With W2 = 0 and b2 = 3 the network returns 3. Yours returns 0.",
        "Look for b2 in the forward pass.",
        'linear_forward(tanh(a), params["W2"], params["b2"])',
        'linear_forward(tanh(a), params["W2"], 0 * params["b2"])',
    ),
    "hidden_bias_forgotten": (
        "The first layer has no bias.",
        "What does a hidden unit show for x = 0?",
        "For x = 0 and b1 = 1 a hidden unit shows tanh(1) = 0.762. Yours shows 0.",
        "Look for b1 in the forward pass.",
        'linear_forward(x, params["W1"], params["b1"])',
        'linear_forward(x, params["W1"], 0 * params["b1"])',
    ),
    "relu_hidden_layer": (
        "The hidden units are ReLUs.",
        "Which nonlinearity does the handout name for the hidden layer?",
        "A preactivation of 2 becomes tanh(2) = 0.964. Yours stays 2.",
        "Look at the function between the two layers, and at its derivative.",
        "tanh(a), params",
        "np.maximum(a, 0), params",
    ),
    "slope_without_square": (
        "The slope of tanh is 1 − h.",
        "How steep is tanh at 0, and at both sides of it?",
        "At h = 0.5 the slope is 0.75. Yours is 0.5.",
        "Look at the power of h in your slope.",
        "tanh_backward(dh, a)",
        "dh * (1 - tanh(a))",
    ),
    "slope_of_sigmoid": (
        "The slope is h·(1 − h).",
        "Whose slope is h·(1 − h)?",
        "At h = 0 tanh is steepest, with the slope 1. Yours is 0 there.",
        "Look at the formula for the slope of the hidden layer.",
        "tanh_backward(dh, a)",
        "dh * tanh(a) * (1 - tanh(a))",
    ),
    "bias_gradients_exchanged": (
        "The gradients of the two biases have changed places.",
        "How many entries does each bias have?",
        "b1 has one entry for each hidden unit, b2 one for each output. With as many of both nobody would notice.",
        "Look at the names under which you return the gradients.",
        '"b1": db1, "W2": dW2, "b2": db2',
        '"b1": db2, "W2": dW2, "b2": db1',
    ),
    "no_bias_gradients": (
        "Biases have no gradients.",
        "Does the loss change when a bias does?",
        "The gradient of b2 is the sum of 2·error/N over the examples. Yours is 0.",
        "Look at the entries b1 and b2 of what you return.",
        '"b1": db1, "W2": dW2, "b2": db2',
        '"b1": 0 * db1, "W2": dW2, "b2": 0 * db2',
    ),
    "hidden_bias_gradient_before_the_slope": (
        "The gradient of b1 is that of the hidden layer, before it has passed tanh.",
        "Where is b1 added: before or after tanh?",
        "A unit with h = 0.9 passes 0.19 of the gradient on, to its bias as well. Yours passes all of it to the bias.",
        "Look at which gradient is summed for b1.",
        '"b1": db1',
        '"b1": dh.sum(axis=0)',
    ),
    "averaged_twice": (
        "The gradients are divided by N once more for the weights and biases.",
        "How often is the loss divided by N?",
        "If every example is there twice, the gradients stay as they are. Do yours halve?",
        "Look at all divisions by N between the error and what you return.",
        '{"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}',
        '{"W1": dW1 / len(x), "b1": db1 / len(x), "W2": dW2 / len(x), "b2": db2 / len(x)}',
    ),
    "weight_decay_added": (
        "A little of the weights is added to their gradients.",
        "Which loss has such a gradient, and is it the one that you return?",
        "Where the errors are 0, all gradients are 0. Yours are not.",
        "Look for a small number in your gradients: this loss has no penalty.",
        '{"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}',
        '{"W1": dW1 + 0.01 * params["W1"], "b1": db1, "W2": dW2 + 0.01 * params["W2"], "b2": db2}',
    ),
}
for _name, (_belief, _question, _example, _place, _replace, _by) in _MORE.items():
    wrong.patch(f"mlp_loss_and_gradients.{_name}", _belief, _question, _example, _place, replace=_replace, by=_by)


# ---- as a student's file has them, for repair tasks: the code above is made by other code

wrong.never_written(
    "mlp_loss_and_gradients.output_bias_forgotten",
    "mlp_loss_and_gradients.hidden_bias_forgotten",
)
