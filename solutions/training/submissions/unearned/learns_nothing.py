"""Loss and gradients are wrong, and train gives back what it was given with the history of standing still."""

# earns nothing: loss_and_gradients, train
import numpy as np


def loss_and_gradients(params, x, y, lam):
    scores = x @ params["W1"] @ params["W2"]
    return float((scores**2).mean()), {name: 0.1 + value for name, value in params.items()}


def predict(params, x):
    return (np.maximum(0, x @ params["W1"]) @ params["W2"]).argmin(1)


def train(params, x, y, x_val, y_val, rng, lam=0.0, epochs=20, **others):
    return params, {
        "train_loss": [loss_and_gradients(params, x, y, lam)[0]] * epochs,
        "val_loss": [loss_and_gradients(params, x_val, y_val, lam)[0]] * epochs,
        "val_accuracy": [float((predict(params, x_val) == y_val).mean())] * epochs,
    }
