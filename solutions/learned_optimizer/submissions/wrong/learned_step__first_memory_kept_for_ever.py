"""setdefault keeps the first h and c, so that every later step starts from the state after step one."""


def learned_step(x, grad, state, weights, scale=0.1):
    zeros = np.zeros((len(x), len(weights["W_out"])))
    h, c = lstm_cell(preprocess_gradient(grad), state.get("h", zeros), state.get("c", zeros), weights)
    new = dict(state)
    new.setdefault("h", h)
    new.setdefault("c", c)
    return x + scale * (h @ weights["W_out"] + weights["b_out"])[:, 0], new
