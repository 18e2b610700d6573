"""The arithmetic mean."""


def geometric_mean_softmax(scores):
    e = np.exp(scores - scores.max(axis=2, keepdims=True))
    return (e / e.sum(axis=2, keepdims=True)).mean(axis=0)
