"""Lstm_cell is the sum of its inputs, learned_step does not call it, has no state, no tanh, no gates."""


# earns nothing: learned_step
def lstm_cell(z, h, c, weights):
    return h * 0 + z.sum(axis=1, keepdims=True), c


def learned_step(x, grad, state, weights, scale=0.1):
    z = preprocess_gradient(grad)
    return x + scale * (z.sum(axis=1) * weights["W_out"].sum() + weights["b_out"][0]), state
