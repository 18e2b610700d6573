"""h and c are zero in every step: what was returned as the state is never read."""


def learned_step(x, grad, state, weights, scale=0.1):
    h = np.zeros((len(x), weights["W_out"].shape[0]))
    c = np.zeros_like(h)
    h, c = lstm_cell(preprocess_gradient(grad), h, c, weights)
    step = (h @ weights["W_out"] + weights["b_out"])[:, 0]
    return x + scale * step, {"h": h, "c": c}
