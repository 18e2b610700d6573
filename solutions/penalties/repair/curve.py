"""Train a linear classifier with each penalty of penalties.py, and print its losses: the symptom of a repair task."""

import numpy as np
import penalties

rng = np.random.default_rng(11)
x, y = rng.normal(size=(60, 6)), rng.integers(3, size=60)
x[:, :3] += 1.5 * np.eye(3)[y]

print("penalty       step  loss with penalty  sum of |W|  share of W below 0.02")
for penalty, lam in (("l2", 0.05), ("l1", 0.03), ("elastic_net", 0.02)):
    W = rng.normal(size=(6, 3)) / 2
    for step in range(301):
        loss, slope = penalties.regularized_hinge_loss(W, x, y, lam, penalty, 0.7)
        if step in (0, 10, 100, 300):
            print(f"{penalty:12}  {step:4}  {loss:17.3f}  {np.abs(W).sum():10.2f}  {np.mean(np.abs(W) < 0.02):21.2f}")
        W = W - 0.02 * slope
