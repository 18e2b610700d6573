"""Scores are cut off at 500 so that exp does not overflow."""


def geometric_mean_softmax(scores):
    m = np.clip(scores, -500, 500).mean(axis=0)
    e = np.exp(m - m.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
