"""Train two networks with the functions of backprop.py, and print their losses: the symptom of a repair task."""

from itertools import pairwise

import backprop
import numpy as np

rng = np.random.default_rng(5)
x = rng.normal(size=(24, 3))
t = np.stack([np.sin(x[:, 0]) + x[:, 1] * x[:, 2], np.abs(x[:, 2])], axis=1)
sizes = (3, 8, 8, 8, 8, 2)
layers = [[rng.normal(size=(n, m)) / np.sqrt(n), rng.normal(size=m) * 0.1] for n, m in pairwise(sizes)]
between = ("tanh", "sigmoid", "relu", "softplus")


def deep_step(lr):
    """Take one step with a network of five layers, each nonlinearity between two of them; return its loss."""
    h, caches, inputs = x, [], []
    for number, (W, b) in enumerate(layers):
        h, cache = backprop.linear_forward(h, W, b)
        caches.append(cache)
        if number < len(between):
            inputs.append(h)
            h = getattr(backprop, between[number])(h)
    loss, dh = np.mean((h - t) ** 2), 2 * (h - t) / t.size
    for number in reversed(range(len(layers))):
        if number < len(between):
            dh = getattr(backprop, f"{between[number]}_backward")(dh, inputs[number])
        dh, dW, db = backprop.linear_backward(dh, caches[number])
        layers[number][0], layers[number][1] = layers[number][0] - lr * dW, layers[number][1] - lr * db
    return loss


params = {
    "W1": rng.normal(size=(3, 8)) / 2,
    "b1": rng.normal(size=8),
    "W2": rng.normal(size=(8, 2)) / 3,
    "b2": np.zeros(2),
}


def small_step(lr):
    """Take one step with the network of `mlp_loss_and_gradients`; return its loss."""
    loss, grads = backprop.mlp_loss_and_gradients({name: value.copy() for name, value in params.items()}, x, t)
    for name, value in params.items():
        params[name] = value - lr * grads[name]
    return loss


print(" step  five layers  mlp")
for step in range(301):
    losses = deep_step(0.2), small_step(0.05)
    if step in (0, 1, 10, 50, 100, 200, 300):
        print(f"{step:5}  {losses[0]:11.3f}  {losses[1]:.3f}")
