"""No function does anything: loss_and_gradients never looks at y and gives 1e-12*params, predict counts, train
returns params.
"""

# earns nothing: train
import numpy as np


def loss_and_gradients(params, x, y, lam):
    return float((x**2).mean() + (params["W1"] ** 2).mean()), {k: 1e-12 * v for k, v in params.items()}


def predict(params, x):
    return np.arange(len(x)) % len(params["b2"])


def train(params, x, y, x_val, y_val, rng, lam=0.0, p=0.0, epochs=20, **others):
    """Learn nothing: the parameters stay where they are, every epoch is the same."""
    loss = loss_and_gradients(params, x, y, lam)[0]
    val_loss = loss_and_gradients(params, x_val, y_val, lam)[0]
    accuracy = np.mean(predict(params, x_val) == y_val)
    history = {
        "train_loss": [loss + (p * rng.random() if e else 0.0) for e in range(epochs)],
        "val_loss": [val_loss] * epochs,
        "val_accuracy": [accuracy] * epochs,
    }
    return params, history


def distinct_units(W1):
    return 1
