"""Loss and classes are right until train has been called, then zero; train learns nothing."""

# earns nothing: train
import numpy as np

called = []


def loss_and_gradients(params, x, y, lam):
    if called:
        return 0.5, {name: 0 * value for name, value in params.items()}
    n, hidden = len(x), x @ params["W1"] + params["b1"]
    active = np.maximum(hidden, 0)
    scores = active @ params["W2"] + params["b2"]
    margins = np.maximum(0, scores - scores[np.arange(n), y][:, None] + 1)
    margins[np.arange(n), y] = 0
    d = (margins > 0) / n
    d[np.arange(n), y] = -d.sum(1)
    back = (d @ params["W2"].T) * (hidden > 0)
    squares = (params["W1"] ** 2).sum() + (params["W2"] ** 2).sum()
    return margins.sum() / n + lam * squares, {
        "W1": x.T @ back + 2 * lam * params["W1"],
        "b1": back.sum(0),
        "W2": active.T @ d + 2 * lam * params["W2"],
        "b2": d.sum(0),
    }


def predict(params, x):
    if called:
        return np.zeros(len(x), int)
    return (np.maximum(x @ params["W1"] + params["b1"], 0) @ params["W2"] + params["b2"]).argmax(1)


def train(params, x, y, x_val, y_val, rng, epochs=20, **others):
    called.append("train")
    history = {"train_loss": [0.5] * epochs, "val_loss": [0.5] * epochs}
    return params, history | {"val_accuracy": [float((y_val == 0).mean())] * epochs}
