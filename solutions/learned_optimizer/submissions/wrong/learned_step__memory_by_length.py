"""The memory is kept by the number of coordinates."""

_memory = {}


def learned_step(x, grad, state, weights, scale=0.1):
    size = len(x), len(weights["W_out"])
    h, c = _memory[size] if state else (np.zeros(size), np.zeros(size))
    _memory[size] = h, c = lstm_cell(preprocess_gradient(grad), h, c, weights)
    return x + scale * (h @ weights["W_out"] + weights["b_out"])[:, 0], {"started": True}
