"""Train a network under each constraint of constraints.py, and print its losses: the symptom of a repair task."""

import constraints
import numpy as np

rng = np.random.default_rng(6)
x = rng.normal(size=(40, 20))
t = np.where(x[:, :2] + rng.normal(size=(40, 2)) > 0, 1.0, 0.0)


def gradient(W):
    """Return loss and gradient of two logistic regressions."""
    p = 1 / (1 + np.exp(-x @ W))
    return -np.mean(t * np.log(p + 1e-12) + (1 - t) * np.log(1 - p + 1e-12)), x.T @ (p - t) / len(x)


def run(title, step):
    """Train, and print the loss with the norms of the two columns."""
    W, state = np.random.default_rng(0).normal(size=(20, 2)) * np.array([0.02, 0.5]), {}
    for number in range(201):
        loss, grad = gradient(W)
        if number in (0, 1, 5, 50, 200):
            norms = np.linalg.norm(W, axis=0)
            print(f"{title if number == 0 else '':22} {number:5}  {loss:6.3f}  {norms[0]:7.2f}  {norms[1]:7.2f}")
        W, state = step(W, grad, state)


def in_a_ball(W, grad, state):
    """Take a step and go back into the ball."""
    return constraints.max_norm(W - 0.5 * grad, 1.5), state


def clipped(W, grad, state):
    """Take a step along clipped gradients of two very different arrays."""
    short, _ = constraints.clip_by_global_norm({"W": grad, "b": 20 * grad[0]}, 0.3)
    return W - 0.5 * short["W"], state


print("                        step    loss     norms of columns")
run("a ball", in_a_ball)
run("clipped gradients", clipped)
run("SGD with weight decay", lambda W, grad, state: constraints.sgd_weight_decay(W, grad, state, 0.5, 0.1))
run("AdamW", lambda W, grad, state: constraints.adamw(W, grad, state, 0.05, wd=0.5))
