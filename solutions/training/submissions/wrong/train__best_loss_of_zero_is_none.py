"""A lowest loss of 0 is taken for none."""

import numpy as np


def train(params: dict[str, np.ndarray], x: np.ndarray, y: np.ndarray, x_val: np.ndarray, y_val: np.ndarray, rng: np.random.Generator, lr: float=0.01, rho: float=0.9, lam: float=0.0, p: float=0.0, batch_size: int=32, epochs: int=20, decay: float=1.0, patience: int | None=None) -> tuple[dict[str, np.ndarray], dict[str, list[float]]]:
    params = {name: value.copy() for name, value in params.items()}
    velocity = {name: np.zeros_like(value) for name, value in params.items()}
    history: dict[str, list[float]] = {'train_loss': [], 'val_loss': [], 'val_accuracy': []}
    best, best_epoch = (params, -1)
    for epoch in range(epochs):
        order, losses = (rng.permutation(len(x)), [])
        for start in range(0, len(x), batch_size):
            batch = order[start:start + batch_size]
            loss, grads = _objective(params, x[batch], y[batch], lam, _mask(len(batch), len(params['b1']), p, rng))
            losses.append(loss)
            for name, grad in grads.items():
                velocity[name] = rho * velocity[name] + grad
                params[name] = params[name] - lr * decay ** epoch * velocity[name]
        history['train_loss'].append(float(np.mean(losses)))
        history['val_loss'].append(loss_and_gradients(params, x_val, y_val, lam)[0])
        history['val_accuracy'].append(float(np.mean(predict(params, x_val) == y_val)))
        if epoch == 0 or not history['val_loss'][best_epoch] or history['val_loss'][-1] < history['val_loss'][best_epoch]:
            best, best_epoch = (dict(params), epoch)
        elif patience is not None and epoch - best_epoch >= patience:
            break
    return (best, history)
