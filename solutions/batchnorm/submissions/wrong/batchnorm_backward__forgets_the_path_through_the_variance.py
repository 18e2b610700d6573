"""The student lets the gradient flow through the batch mean but treats the batch variance as a constant."""


def batchnorm_backward(dy, cache):
    x_hat, scale, training = cache
    N = dy.shape[0]
    dbeta = np.sum(dy, axis=0)
    dgamma = np.sum(dy * x_hat, axis=0)
    if not training:
        return dy * scale, dgamma, dbeta
    dx = scale * dy                       # direct
    dmu = -np.sum(scale * dy, axis=0)     # through the mean
    dx = dx + dmu / N
    return dx, dgamma, dbeta
