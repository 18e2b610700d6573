"""Classes are numbered from 1."""

def predict(params, x):
    s = np.maximum(x @ params["W1"] + params["b1"], 0) @ params["W2"] + params["b2"]
    return 1 + s.argmax(axis=1)
