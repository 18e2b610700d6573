"""Brackets missing: the output bias is added with its full size, without the scale."""


def learned_step(x, grad, state, weights, scale=0.1):
    start = np.zeros((len(x), len(weights["W_out"])))
    h, c = lstm_cell(preprocess_gradient(grad), state.get("h", start), state.get("c", start), weights)
    x_next = x + scale * (h @ weights["W_out"])[:, 0] + weights["b_out"]
    return x_next, {"h": h, "c": c}
