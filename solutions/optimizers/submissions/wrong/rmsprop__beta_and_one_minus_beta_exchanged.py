"""The student weights the old cache by 1 - beta and the new squared gradient by beta."""


def rmsprop(x, grad, state, lr, beta=0.99, eps=1e-8):
    cache = state.get("cache", np.zeros_like(grad))
    cache = (1 - beta) * cache + beta * np.square(grad)
    step = lr * grad / (np.sqrt(cache) + eps)
    return x - step, {"cache": cache}
