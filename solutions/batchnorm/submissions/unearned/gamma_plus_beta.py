"""Forward ignores x: gamma + beta; backward gives zeros and the sum of dy twice."""


# earns nothing: batchnorm_backward
def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    return 0 * x + gamma + beta, None, running


def batchnorm_backward(dy, cache):
    return 0 * dy, dy.sum(axis=0), dy.sum(axis=0)
