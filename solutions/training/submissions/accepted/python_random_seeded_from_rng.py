"""The random numbers come from the standard library's generator, seeded by one draw from rng."""
import copy
import random

import numpy as np


def loss_and_gradients(params, x, y, lam):
    return compute(params, x, y, lam)


def compute(params, x, y, lam, mask=None):
    hidden_in = np.dot(x, params["W1"]) + params["b1"]
    hidden_out = np.where(hidden_in > 0, hidden_in, 0.0)
    if mask is not None:
        hidden_out = hidden_out * mask
    scores = np.dot(hidden_out, params["W2"]) + params["b2"]
    total = 0.0
    d_scores = np.zeros_like(scores)
    for i, label in enumerate(y):
        row = scores[i] - scores[i, label] + 1
        row[label] = 0
        violated = row > 0
        total += row[violated].sum()
        d_scores[i, violated] = 1
        d_scores[i, label] = -violated.sum()
    d_scores /= len(y)
    d_hidden = np.dot(d_scores, params["W2"].T)
    if mask is not None:
        d_hidden = d_hidden * mask
    d_hidden = np.where(hidden_in > 0, d_hidden, 0.0)
    loss = total / len(y) + lam * (np.linalg.norm(params["W1"]) ** 2 + np.linalg.norm(params["W2"]) ** 2)
    grads = {
        "W1": np.dot(x.T, d_hidden) + 2 * lam * params["W1"],
        "b1": d_hidden.sum(axis=0),
        "W2": np.dot(hidden_out.T, d_scores) + 2 * lam * params["W2"],
        "b2": d_scores.sum(axis=0),
    }
    return loss, grads


def predict(params, x):
    hidden = np.dot(x, params["W1"]) + params["b1"]
    hidden[hidden < 0] = 0
    return np.argmax(np.dot(hidden, params["W2"]) + params["b2"], axis=1)


def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32, epochs=20, decay=1.0,
          patience=None):
    dice = random.Random(int(rng.integers(2 ** 62)))
    params = copy.deepcopy(params)
    velocity = {name: np.zeros_like(value) for name, value in params.items()}
    history = {"train_loss": [], "val_loss": [], "val_accuracy": []}
    best_params, best_loss, epochs_since = None, None, 0
    for epoch in range(epochs):
        order = dice.sample(range(len(x)), k=len(x))
        losses = []
        for start in range(0, len(x), batch_size):
            chosen = order[start:start + batch_size]
            mask = None
            if p > 0:
                mask = [[float(dice.random() >= p) for _ in params["b1"]] for _ in chosen]
                mask = np.array(mask) / ((1 - p) if p < 1 else 1)
            loss, grads = compute(params, x[chosen], y[chosen], lam, mask)
            losses.append(loss)
            for name in params:
                velocity[name] = rho * velocity[name] + grads[name]
                params[name] -= lr * decay ** epoch * velocity[name]
        history["train_loss"].append(float(np.mean(losses)))
        val_loss, _ = compute(params, x_val, y_val, lam)
        history["val_loss"].append(float(val_loss))
        history["val_accuracy"].append(float(np.mean(predict(params, x_val) == y_val)))
        if best_loss is None or val_loss < best_loss:
            best_params, best_loss, epochs_since = copy.deepcopy(params), val_loss, 0
        else:
            epochs_since += 1
        if patience is not None and epochs_since >= patience:
            break
    return best_params, history


def distinct_units(W1):
    different = []
    for j in range(W1.shape[1]):
        column = W1[:, j].tolist()
        if not any(all(abs(a - b) <= 1e-9 for a, b in zip(column, other)) for other in different):
            different.append(column)
    return len(different)
