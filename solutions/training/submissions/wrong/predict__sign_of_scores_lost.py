"""Largest score in absolute value."""

def predict(params, x):
    s = np.maximum(x @ params["W1"] + params["b1"], 0) @ params["W2"] + params["b2"]
    return np.abs(s).argmax(axis=1)
