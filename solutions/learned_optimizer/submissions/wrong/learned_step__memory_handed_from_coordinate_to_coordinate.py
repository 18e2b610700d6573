"""The coordinates are a sequence for the cell: each one starts from the h and c that the one before it left."""


def learned_step(x, grad, state, weights, scale=0.1):
    H = len(weights["W_out"])
    h = state.get("h", np.zeros((1, H)))
    c = state.get("c", np.zeros((1, H)))
    features = preprocess_gradient(grad)
    x_next = np.array(x, dtype=float)
    for k in range(len(x)):
        h, c = lstm_cell(features[k:k + 1], h, c, weights)
        x_next[k] += scale * (h @ weights["W_out"] + weights["b_out"])[0, 0]
    return x_next, {"h": h, "c": c}
