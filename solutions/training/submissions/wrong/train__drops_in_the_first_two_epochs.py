"""The switch that turns dropout on stands before the loop: evaluation turns it off for the epochs that follow."""

import numpy as np


def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32, epochs=20, decay=1.0,
          patience=None):
    params = {name: value.copy() for name, value in params.items()}
    velocity = {name: np.zeros_like(value) for name, value in params.items()}
    history = {"train_loss": [], "val_loss": [], "val_accuracy": []}
    best, best_loss, best_epoch = params, np.inf, 0
    dropping = 2  # epochs, before the switch is off for good
    for epoch in range(epochs):
        losses = []
        order = rng.permutation(len(x))
        for start in range(0, len(x), batch_size):
            batch = order[start : start + batch_size]
            rate = p if dropping else 0.0
            kept = rng.random((len(batch), len(params["b1"]))) >= rate
            mask = kept / (1 - rate) if rate < 1 else np.zeros(kept.shape)
            loss, grads = _objective(params, x[batch], y[batch], lam, mask)
            losses.append(loss)
            for name in params:
                velocity[name] = rho * velocity[name] + grads[name]
                params[name] = params[name] - lr * decay**epoch * velocity[name]
        dropping = max(0, dropping - 1)
        val_loss, _ = loss_and_gradients(params, x_val, y_val, lam)
        history["train_loss"].append(np.mean(losses))
        history["val_loss"].append(val_loss)
        history["val_accuracy"].append(np.mean(predict(params, x_val) == y_val))
        if val_loss < best_loss:
            best, best_loss, best_epoch = dict(params), val_loss, epoch
        elif patience is not None and epoch - best_epoch >= patience:
            break
    return best, history
