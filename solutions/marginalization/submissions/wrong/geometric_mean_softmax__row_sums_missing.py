"""Not normalized."""


def geometric_mean_softmax(scores):
    logs = scores - np.logaddexp.reduce(scores, axis=2, keepdims=True)
    return np.exp(logs.mean(axis=0))
