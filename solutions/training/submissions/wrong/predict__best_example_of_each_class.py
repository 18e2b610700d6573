"""argmax along the examples."""

def predict(params, x):
    s = np.maximum(x @ params["W1"] + params["b1"], 0) @ params["W2"] + params["b2"]
    return s.argmax(axis=0)
