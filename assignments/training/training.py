"""The capstone, everything on one small network; lecture topics "Monitor your model quality" and "Overfitting"."""

from __future__ import annotations

import numpy as np


def loss_and_gradients(
    params: dict[str, np.ndarray], x: np.ndarray, y: np.ndarray, lam: float
) -> tuple[float, dict[str, np.ndarray]]:
    """Return the regularized loss of the network, without dropout, and its gradients.

    params: {"W1": (D, H), "b1": (H,), "W2": (H, C), "b2": (C,)}.
    x (N, D): inputs. y (N,): class numbers from 0 to C − 1. lam: λ, the weight of the penalty.

    Returns (loss, grads): loss is a number, grads a dict with the keys and shapes of params.

    Formula: scores s = relu(x·W1 + b1)·W2 + b2, where ReLU has derivative 0 at 0;
        L = (1/N)·Σ_i Σ_{j≠y_i} max(0, s_ij − s_iy_i + 1) + λ·(ΣW1² + ΣW2²)
    The penalty is on the weights only, not on the biases, and has no ½.

    Source: the lecture's slide "Regularization"; torch.nn.functional.multi_margin_loss, which divides by C besides.
    """
    raise NotImplementedError


def predict(params: dict[str, np.ndarray], x: np.ndarray) -> np.ndarray:
    """Return the class that the network chooses for each example.

    params: as in `loss_and_gradients`. x (N, D): inputs.

    Returns class numbers (N,): where the largest score is; of equal scores the lowest class wins.

    Formula: argmax_j of relu(x·W1 + b1)·W2 + b2.

    Source: the lecture's slide "Regularization".
    """
    raise NotImplementedError


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


