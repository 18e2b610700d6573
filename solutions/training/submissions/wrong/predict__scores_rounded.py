"""Rounds the scores to two decimals before it compares them."""

def predict(params, x):
    s = np.maximum(x @ params["W1"] + params["b1"], 0) @ params["W2"] + params["b2"]
    return np.round(s, 2).argmax(axis=1)
