"""Weight constraints: a ball, a limit on the gradient, weight decay; lecture topic "Sum up: regularization"."""

from __future__ import annotations

from typing import Any

import numpy as np


def max_norm(W: np.ndarray, c: float) -> np.ndarray:
    """Project every column of the weights onto the ball of radius c.

    W (D, M): the weights of a layer; column j holds the weights into unit j.
    c: the largest norm that a column may have.

    Returns the constrained weights, (D, M).
    Raises ValueError for c ≤ 0.

    Formula: a column w with ‖w‖ > c becomes c·w/‖w‖; all others stay as they are, columns of
    zeros included. ‖w‖ is the root of the sum of the squares.

    Source: Srivastava et al. 2014, "Dropout: A Simple Way to Prevent Neural Networks from
    Overfitting", section 5.1; torch.renorm.
    """
    raise NotImplementedError


def clip_by_global_norm(grads: dict[str, np.ndarray], max_norm: float) -> tuple[dict[str, np.ndarray], float]:
    """Scale all gradients of a network by one factor where their common norm exceeds max_norm.

    grads: arrays of any shapes by name, at least one; think of them as one long vector.
    max_norm: the largest norm that this vector may have.

    Returns (clipped, norm): a dict with the same keys and shapes, and the norm before clipping.
    Raises ValueError for max_norm ≤ 0.

    Formula: norm = root of the sum of the squares of all elements of all arrays;
    where norm > max_norm every array is multiplied by max_norm/norm, otherwise all stay as they
    are. Nothing is added to the norm (PyTorch adds 1e-6 to it).

    Source: Pascanu et al. 2013, "On the difficulty of training recurrent neural networks";
    torch.nn.utils.clip_grad_norm_.
    """
    raise NotImplementedError


def sgd_weight_decay(
    x: np.ndarray, grad: np.ndarray, state: dict[str, Any], lr: float, wd: float = 1e-2
) -> tuple[np.ndarray, dict[str, Any]]:
    """Take a step of gradient descent with weight decay.

    x: parameters of any shape.
    grad: the gradient at x, without any penalty, of the same shape.
    state: {} before the first step, then what the last step returned; yours to use or not.
    lr: learning rate α.
    wd: weight decay.

    Returns (x_next, state_next).

    Formula: x ← x − α·(g + wd·x)

    Source: Krogh and Hertz 1992, "A Simple Weight Decay Can Improve Generalization";
    torch.optim.SGD with weight_decay.
    """
    raise NotImplementedError


def adamw(
    x: np.ndarray,
    grad: np.ndarray,
    state: dict[str, Any],
    lr: float = 1e-3,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
    wd: float = 1e-2,
) -> tuple[np.ndarray, dict[str, Any]]:
    """Take a step of Adam with decoupled weight decay.

    x: parameters of any shape.
    grad: the gradient at x, without any penalty, of the same shape.
    state: {} before the first step, then what the last step returned; the moments are yours to
        keep in it.
    lr: learning rate α.
    beta1, beta2: decay factors β₁ and β₂ of the moments.
    eps: ε, outside of the root.
    wd: weight decay.

    Returns (x_next, state_next).

    Formula, with m and c zero before step t = 1:
        m ← β₁m + (1−β₁)g        m̂ = m/(1−β₁ᵗ)
        c ← β₂c + (1−β₂)g²       ĉ = c/(1−β₂ᵗ)
        x ← x·(1 − α·wd) − α·m̂/(√ĉ + ε)
    The decay never enters the moments: it is decoupled from them.

    Source: Loshchilov and Hutter 2019, "Decoupled Weight Decay Regularization";
    torch.optim.AdamW.
    """
    raise NotImplementedError
