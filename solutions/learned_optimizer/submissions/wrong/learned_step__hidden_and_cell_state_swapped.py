"""The results go into the state in one order and are read from it in the other: wrong from the second step on."""


def learned_step(x, grad, state, weights, scale=0.1):
    if not state:
        shape = (len(x), len(weights["W_out"]))
        state = (np.zeros(shape), np.zeros(shape))
    c, h = state
    h, c = lstm_cell(preprocess_gradient(grad), h, c, weights)
    x_next = x + scale * (h @ weights["W_out"] + weights["b_out"])[:, 0]
    return x_next, (h, c)
