"""Train a network with each kind of dropout of dropout.py, and print its losses: the symptom of a repair task.

Other random draws than the solution's give slightly other numbers.
"""

import dropout
import numpy as np

x = np.random.default_rng(1).normal(size=(200, 5))
t = np.abs(x[:, :1]) + x[:, 1:2]


def losses(kind):
    """Return training loss, loss in evaluation, and the mean of the hidden outputs in both, from time to time."""
    forward, backward = (getattr(dropout, f"{kind}dropout_{way}") for way in ("forward", "backward"))
    rng = np.random.default_rng(4)
    W1, W2, found = rng.normal(size=(5, 40)) / 2, rng.normal(size=(40, 1)) / 6, []
    for step in range(301):
        a = x @ W1
        hidden = np.maximum(a, 0)
        y, cache = forward(hidden, 0.3, rng)
        error = y @ W2 - t
        dh = backward(2 * error / len(x) @ W2.T, cache)
        evaluated, _ = forward(hidden, 0.3, rng, training=False)
        if step in (0, 20, 100, 300):
            found.append((step, np.mean(error**2), np.mean((evaluated @ W2 - t) ** 2), np.mean(y), np.mean(evaluated)))
        W2 = W2 - 0.05 * y.T @ (2 * error / len(x))
        W1 = W1 - 0.05 * x.T @ (dh * (a > 0))
    return found


for kind in ("", "vanilla_"):
    print(f"{kind}dropout")
    print(" step  loss in training  in evaluation  mean output in training  in evaluation")
    for step, *numbers in losses(kind):
        print(f"{step:5}  {numbers[0]:16.2f}  {numbers[1]:13.2f}  {numbers[2]:23.2f}  {numbers[3]:13.2f}")
