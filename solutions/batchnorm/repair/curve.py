"""Train a network with the layer of batchnorm.py, and print its losses: the symptom of a repair task."""

import batchnorm
import numpy as np

rng = np.random.default_rng(2)
x = rng.normal(size=(60, 4)) * np.array([1.0, 0.05, 4.0, 0.3]) + np.array([0.0, 1.0, 3.0, -1.0])
t = np.sin(x[:, :1] + x[:, 2:3]) + 10 * (x[:, 1:2] - 1)
train, test = slice(0, 40), slice(40, 60)
W1, W2 = rng.normal(size=(4, 10)) / 2, rng.normal(size=(10, 1)) / 3
gamma, beta = np.ones(10), np.zeros(10)
running = {"mean": np.zeros(10), "var": np.ones(10)}


def loss_of(rows):
    """Return the loss in evaluation."""
    y, _, _ = batchnorm.batchnorm_forward(x[rows] @ W1, gamma, beta, dict(running), training=False)
    return np.mean((np.maximum(y, 0) @ W2 - t[rows]) ** 2)


print(" step  loss in training  in evaluation: same examples  new ones")
for step in range(201):
    batch = rng.permutation(40)[:10]
    y, cache, running = batchnorm.batchnorm_forward(x[batch] @ W1, gamma, beta, running)
    hidden = np.maximum(y, 0)
    error = hidden @ W2 - t[batch]
    dy = 2 * error / len(batch) @ W2.T * (y > 0)
    dx, dgamma, dbeta = batchnorm.batchnorm_backward(dy, cache)
    W2 = W2 - 0.05 * hidden.T @ (2 * error / len(batch))
    W1, gamma, beta = W1 - 0.05 * x[batch].T @ dx, gamma - 0.05 * dgamma, beta - 0.05 * dbeta
    if step in (0, 10, 50, 100, 200):
        print(f"{step:5}  {np.mean(error**2):16.3f}  {loss_of(train):28.3f}  {loss_of(test):8.3f}")
