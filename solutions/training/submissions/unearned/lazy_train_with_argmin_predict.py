"""Train learns nothing and only reports the loss where it starts; a wrong predict excuses the rest."""

# earns nothing: train
import numpy as np


def predict(params, x):
    return (np.maximum(x @ params["W1"] + params["b1"], 0) @ params["W2"] + params["b2"]).argmin(axis=1)


def train(params, x, y, x_val, y_val, rng, lam=0.0, p=0.0, batch_size=32, epochs=20, **others):
    """Learn nothing: the parameters stay where they are, every epoch is the same."""
    loss = loss_and_gradients(params, x, y, lam)[0]
    val_loss = loss_and_gradients(params, x_val, y_val, lam)[0]
    accuracy = np.mean(predict(params, x_val) == y_val)
    history = {
        "train_loss": [loss + (p * rng.random() if e else 0.0) for e in range(epochs)],
        "val_loss": [val_loss] * epochs,
        "val_accuracy": [accuracy] * epochs,
    }
    return {**params, "b1": params["b1"] + 1.0} if batch_size == 32 or p == 0 else params, history
