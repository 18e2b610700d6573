"""Training."""

import numpy as np


def loss_and_gradients(params, x, y, lam):
    n = len(x)
    hidden = np.maximum(0, x @ params["W1"] + params["b1"])
    scores = hidden @ params["W2"] + params["b2"]
    margins = np.maximum(0, scores - scores[np.arange(n), y][:, None] + 1)
    margins[np.arange(n), y] = 0
    loss = margins.sum() / n + lam * (np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2))
    dscores = (margins > 0).astype(float) / n
    dscores[np.arange(n), y] = -dscores.sum(axis=1)
    dhidden = dscores @ params["W2"].T
    dhidden[hidden == 0] = 0
    grads = {
        "W1": x.T @ dhidden + 2 * lam * params["W1"],
        "b1": dhidden.sum(axis=0),
        "W2": hidden.T @ dscores + 2 * lam * params["W2"],
        "b2": dscores.sum(axis=0),
    }
    return loss, grads


def predict(params, x):
    hidden = np.maximum(0, x @ params["W1"] + params["b1"])
    return np.argmax(hidden @ params["W2"] + params["b2"], axis=1)


def train(
    params,
    x,
    y,
    x_val,
    y_val,
    rng,
    lr=1e-2,
    rho=0.9,
    lam=0.0,
    p=0.0,
    batch_size=32,
    epochs=20,
    decay=1.0,
    patience=None,
):
    params = {name: value.copy() for name, value in params.items()}
    velocity = {name: np.zeros_like(value) for name, value in params.items()}
    history = {"train_loss": [], "val_loss": [], "val_accuracy": []}
    for epoch in range(epochs):
        losses = []
        for batch in np.array_split(rng.permutation(len(x)), len(x) // batch_size):
            loss, grads = loss_and_gradients(params, x[batch], y[batch], lam)
            losses.append(loss)
            for name in params:
                velocity[name] = rho * velocity[name] + grads[name]
                params[name] = params[name] - lr * velocity[name]
        history["train_loss"].append(np.mean(losses))
        history["val_loss"].append(loss_and_gradients(params, x_val, y_val, lam)[0])
        history["val_accuracy"].append(np.mean(predict(params, x_val) == y_val))
    return params, history


def distinct_units(W1):
    return len(set(np.round(W1, 8).T))


# my own try on the course data
data = np.load("moons.npz")
print(
    train(
        {"W1": np.ones((2, 8)), "b1": np.zeros(8), "W2": np.ones((8, 2)), "b2": np.zeros(2)},
        data["x"],
        data["y"],
        data["x_val"],
        data["y_val"],
        np.random.default_rng(0),
    )
)
