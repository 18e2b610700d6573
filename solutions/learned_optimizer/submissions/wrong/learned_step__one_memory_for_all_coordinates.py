"""There is one h and one c for the whole vector: after each step the mean over the coordinates is kept."""


def learned_step(x, grad, state, weights, scale=0.1):
    H = weights["W_out"].shape[0]
    h = state.get("h", np.zeros(H))
    c = state.get("c", np.zeros(H))
    K = len(x)
    h, c = lstm_cell(preprocess_gradient(grad), np.tile(h, (K, 1)), np.tile(c, (K, 1)), weights)
    step = h @ weights["W_out"] + weights["b_out"]
    return x + scale * step[:, 0], {"h": h.mean(axis=0), "c": c.mean(axis=0)}
