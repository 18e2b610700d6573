"""The capstone, everything on one small network; lecture topics "Monitor your model quality" and "Overfitting"."""

from __future__ import annotations

import numpy as np


def loss_and_gradients(
    params: dict[str, np.ndarray], x: np.ndarray, y: np.ndarray, lam: float
) -> tuple[float, dict[str, np.ndarray]]:
    """Return the regularised loss of the network, without dropout, and its gradients."""
    n = len(x)
    rows = np.arange(n)

    # forward
    a = x @ params["W1"] + params["b1"]
    h = np.maximum(a, 0.0)
    s = h @ params["W2"] + params["b2"]
    margins = np.maximum(0.0, s - s[rows, y][:, np.newaxis] + 1.0)
    margins[rows, y] = 0.0
    loss = margins.sum() / n + lam * (np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2))

    # backward, last layer first
    ds = (margins > 0).astype(float)
    ds[rows, y] = -ds.sum(axis=1)
    ds /= n
    da = (ds @ params["W2"].T) * (a > 0)
    grads = {
        "W2": h.T @ ds + 2 * lam * params["W2"],
        "b2": ds.sum(axis=0),
        "W1": x.T @ da + 2 * lam * params["W1"],
        "b1": da.sum(axis=0),
    }
    return loss, grads


def predict(params: dict[str, np.ndarray], x: np.ndarray) -> np.ndarray:
    """Return the class that the network chooses for each example."""
    h = np.maximum(x @ params["W1"] + params["b1"], 0.0)
    s = h @ params["W2"] + params["b2"]
    return np.argmax(s, axis=1)


def train(
    params: dict[str, np.ndarray],
    x: np.ndarray,
    y: np.ndarray,
    x_val: np.ndarray,
    y_val: np.ndarray,
    rng: np.random.Generator,
    lr: float = 1e-2,
    rho: float = 0.9,
    lam: float = 0.0,
    p: float = 0.0,
    batch_size: int = 32,
    epochs: int = 20,
    decay: float = 1.0,
    patience: int | None = None,
) -> tuple[dict[str, np.ndarray], dict[str, list[float]]]:
    """Train the network by minibatch SGD with momentum and dropout, and keep the best parameters.

    params: where to start, as in `loss_and_gradients`. x (N, D), y (N,): the training set.
    x_val, y_val: the validation set. rng: where every random number comes from.
    lr, decay: the learning rate of epoch e, counted from 0, is lr·decay^e.
    rho: ρ, of the momentum v ← ρv + g; θ ← θ − lr·v. It starts at 0 and goes on across epochs, biases included.
    lam: λ of the penalty. p: probability with which dropout drops a hidden unit's output, in training only.
    batch_size: examples in a minibatch; only the last one of an epoch may be smaller.
    epochs: at least 1. patience: None, or how many epochs in a row without a new lowest validation loss
    end the training, as in `early_stopping` of the exercise on schedules.

    Every epoch visits the training set once, in a new random order. Dropout is inverted: survivors are
    multiplied by 1/(1 − p), every element of every minibatch has a draw of its own.

    Returns (best_params, history). history is a dict of three lists with one entry an epoch:
        "train_loss": mean of the epoch's minibatch losses, each with penalty and dropout, before its update
        "val_loss": loss on the validation set after the epoch, with penalty, without dropout
        "val_accuracy": share of the validation set that `predict` gets right after the epoch
    best_params are the parameters after the epoch with the lowest val_loss, the earliest of equal ones.

    Source: Srivastava et al. 2014, "Dropout: A Simple Way to Prevent Neural Networks from Overfitting";
    torch.optim.SGD with momentum.
    """
    raise NotImplementedError


def distinct_units(W1: np.ndarray) -> int:
    """Return how many different hidden units a layer has: 1 after training from all-equal weights.

    W1 (D, H): the weights; each column is a hidden unit.

    Returns the number of different columns. Two columns are the same when every entry agrees to within 1e-9.

    Source: the lecture's slide "Weights initialization", pitfall: all zero initialization.
    """
    raise NotImplementedError
