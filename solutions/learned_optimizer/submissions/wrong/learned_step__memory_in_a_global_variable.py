"""h and c live in the module, one pair for each shape: a second run goes on where the first one stopped."""

_memory = {}


def learned_step(x, grad, state, weights, scale=0.1):
    shape = (len(x), len(weights["W_out"]))
    h, c = _memory.get(shape, (np.zeros(shape), np.zeros(shape)))
    h, c = lstm_cell(preprocess_gradient(grad), h, c, weights)
    _memory[shape] = h, c
    step = h @ weights["W_out"] + weights["b_out"]
    return x + scale * step[:, 0], state
