"""The two columns are joined end to end and reshaped to (K, 2): right shape, numbers in the wrong places."""


def preprocess_gradient(grad, p=10.0):
    large = np.abs(grad) >= np.exp(-p)
    first = np.full(len(grad), -1.0)
    first[large] = np.log(np.abs(grad[large])) / p
    second = np.where(large, np.sign(grad), np.exp(p) * grad)
    return np.concatenate([first, second]).reshape(len(grad), 2)
