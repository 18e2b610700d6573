"""Forward replaces x by standardised ranks."""


# earns nothing: batchnorm_forward
def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    h = x.argsort(axis=0).argsort(axis=0)
    return beta + gamma * (h - h.mean(axis=0)) / (h.std(axis=0) + 1e-300), None, running
