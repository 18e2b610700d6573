"""g itself is compared with the threshold, so every negative gradient counts as small."""


def preprocess_gradient(grad, p=10.0):
    large = grad >= np.exp(-p)
    first = np.where(large, np.log(np.where(large, grad, 1)) / p, -1)
    second = np.where(large, np.sign(grad), np.exp(p) * grad)
    return np.stack([first, second], axis=1)
