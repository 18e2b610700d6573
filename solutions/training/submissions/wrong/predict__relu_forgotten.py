"""The network without its ReLU."""

def predict(params, x):
    h = x @ params["W1"] + params["b1"]
    return np.argmax(h @ params["W2"] + params["b2"], axis=1)
