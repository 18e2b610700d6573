"""One decision for the whole gradient: its largest entry is compared with the threshold."""


def preprocess_gradient(grad, p=10.0):
    size = np.abs(grad)
    if np.max(size) >= np.exp(-p):
        first = np.log(np.maximum(size, np.exp(-p))) / p
        second = np.sign(grad)
    else:
        first = -np.ones(len(grad))
        second = np.exp(p) * grad
    return np.column_stack([first, second])
