"""The student keeps only the hidden state h between steps and starts every step with c = 0."""


def learned_step(x, grad, state, weights, scale=0.1):
    K = x.shape[0]
    H = weights["W_out"].shape[0]
    h = state["h"] if "h" in state else np.zeros((K, H))
    c = np.zeros((K, H))
    features = preprocess_gradient(grad)
    h, c = lstm_cell(features, h, c, weights)
    update = (h @ weights["W_out"] + weights["b_out"]).ravel()
    return x + scale * update, {"h": h}
