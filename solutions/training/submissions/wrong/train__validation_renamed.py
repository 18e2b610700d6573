"""Two parameters have other names."""

import numpy as np


_train = train


def train(
    params, x, y, x_test, y_test, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32, epochs=20, decay=1.0, patience=None
):
    return _train(params, x, y, x_test, y_test, rng, lr, rho, lam, p, batch_size, epochs, decay, patience)
