"""Returns an orthogonal matrix with entries of the right variance: each column has the same length, so entries depend on one another."""

import numpy as np


def calibrated_normal(fan_in, fan_out, rng):
    tall = rng.standard_normal((max(fan_in, fan_out), min(fan_in, fan_out)))
    q, r = np.linalg.qr(tall)
    q = q * np.sign(np.diag(r))
    return (q if fan_in >= fan_out else q.T) * np.sqrt(max(fan_in, fan_out) / fan_in)
