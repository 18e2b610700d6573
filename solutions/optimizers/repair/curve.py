"""Fit a logistic regression with each optimizer of optimizers.py, and print losses: the symptom of a repair task."""

import numpy as np
import optimizers

rng = np.random.default_rng(3)
data = rng.normal(size=(60, 4)) * np.array([1.0, 0.1, 3.0, 0.5])
labels = (data @ np.array([1.0, -4.0, 0.5, 1.0]) + rng.normal(size=60) > 0) * 1.0
rates = {"sgd": 0.2, "momentum": 0.05, "nesterov": 0.05, "adagrad": 0.3, "rmsprop": 0.03, "adadelta": 3.0, "adam": 0.05}


def gradient(w, batch):
    """Return the gradient of the mean loss over a batch."""
    p = 1 / (1 + np.exp(-data[batch] @ w))
    return data[batch].T @ (p - labels[batch]) / len(batch)


def losses(name, lr):
    """Return the loss over all examples before training, and after some epochs of minibatches."""
    w, state, draws, found = np.array([0.5, 0.5, -0.5, 0.0]), {}, np.random.default_rng(0), []
    for epoch in range(21):
        if epoch in (0, 1, 2, 5, 10, 20):
            found.append(np.mean(np.log1p(np.exp(-(2 * labels - 1) * (data @ w)))))
        for batch in map(np.asarray, optimizers.minibatches(60, 16, draws)):
            step = getattr(optimizers, name)
            argument = (lambda w, batch=batch: gradient(w, batch)) if name == "nesterov" else gradient(w, batch)
            w, state = step(w, argument, state, lr)
    return found


print("epochs      0      1      2      5     10     20")
for name, lr in rates.items():
    print(f"{name:9}", *(f"{loss:6.3f}" for loss in losses(name, lr)))
