"""Fit a line by gradient descent after normalizing as normalization.py does: the symptom of a repair task."""

import normalization
import numpy as np

rng = np.random.default_rng(8)
x = rng.normal(size=(50, 4)) * np.array([1.0, 0.02, 30.0, 0.0]) + np.array([3.0, 1.0, -100.0, 5.0])
t = x[:, 0] + 20 * x[:, 1] - 0.05 * x[:, 2]
mean, std = normalization.fit_standardizer(x[:30])
z, z_new = normalization.standardize(x[:30], mean, std), normalization.standardize(x[30:], mean, std)
w, b = np.zeros(4), 0.0

print("features after normalizing: mean", np.round(z.mean(axis=0), 3) + 0.0, "std", np.round(z.std(axis=0), 3))
print(" step  loss  on new data")
for step in range(101):
    error = z @ w + b - t[:30]
    if step in (0, 1, 5, 20, 100):
        print(f"{step:5}  {np.mean(error**2):.4f}  {np.mean((z_new @ w + b - t[30:]) ** 2):.4f}")
    w, b = w - 0.2 * z.T @ error / 15, b - 0.4 * error.mean()
