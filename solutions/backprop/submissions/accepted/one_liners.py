"""Lambdas and one-liners, walrus operators, hardly a statement."""
import numpy as np
sigmoid = lambda x: np.exp(-np.logaddexp(0, -x))
tanh = lambda x: np.sinh(c := np.clip(x, -300, 300)) / np.cosh(c)
relu = lambda x: x.clip(min=0)
softplus = lambda x: np.logaddexp(x, 0)
sigmoid_backward = lambda dy, x: dy * (s := sigmoid(x)) * (1 - s)
tanh_backward = lambda dy, x: dy - dy * tanh(x) ** 2
relu_backward = lambda dy, x: dy * (np.sign(x) > 0)
softplus_backward = lambda dy, x: dy * sigmoid(x)
linear_forward = lambda x, W, b: (x @ W + b, [lambda d: d @ W.T, lambda d: x.T @ d, lambda d: sum(d)])
linear_backward = lambda dy, cache: [f(dy) for f in cache]
mlp_loss_and_gradients = lambda params, x, t: (
    lambda W1, b1, W2, b2: (
        ((r := (h := np.tanh(x @ W1 + b1)) @ W2 + b2 - t) ** 2).sum() / (n := len(x)),
        {"W2": h.T @ (d := 2 * r / n), "b2": sum(d), "W1": x.T @ (e := d @ W2.T * (1 - h * h)), "b1": sum(e)},
    )
)(**params)
