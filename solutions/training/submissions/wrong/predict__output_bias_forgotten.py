"""The second layer has no bias."""

def predict(params, x):
    h = np.maximum(x @ params["W1"] + params["b1"], 0)
    return (h @ params["W2"]).argmax(axis=1)
