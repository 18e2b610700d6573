"""Only the hidden state goes on to the next step, the cell state starts at 0 each time."""


def learned_step(x, grad, state, weights, scale=0.1):
    zeros = np.zeros((x.shape[0], weights["W_hh"].shape[1]))
    h = state.get("h", zeros)
    h, _ = lstm_cell(preprocess_gradient(grad), h, zeros, weights)
    update = h @ weights["W_out"] + weights["b_out"]
    return x + scale * update.ravel(), {"h": h}
