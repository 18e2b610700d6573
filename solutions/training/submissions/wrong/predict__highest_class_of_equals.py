"""Of equal scores the last class wins: argsort puts it at the end."""

def predict(params, x):
    s = np.maximum(x @ params["W1"] + params["b1"], 0) @ params["W2"] + params["b2"]
    return np.argsort(s, axis=1, kind="stable")[:, -1]
