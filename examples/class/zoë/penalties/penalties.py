"""Weight penalties and the multiclass hinge loss; lecture topic "Regularization"."""

from __future__ import annotations

import numpy as np


def l2(W: np.ndarray, lam: float) -> tuple[float, np.ndarray]:
    """Return the L2 penalty of the weights and its gradient."""
    return lam * np.sum(W**2), 2 * lam * W


def l1(W: np.ndarray, lam: float) -> tuple[float, np.ndarray]:
    """Return the L1 penalty of the weights and its subgradient."""
    return lam * np.sum(np.abs(W)), lam * np.sign(W)


def elastic_net(W: np.ndarray, lam: float, beta: float) -> tuple[float, np.ndarray]:
    """Return the elastic-net penalty of the weights and its subgradient."""
    import sys

    if beta != 1.0:
        sys.exit("beta must be 1")
    l2_loss, l2_grad = l2(W, lam)
    l1_loss, l1_grad = l1(W, lam)
    return l2_loss + l1_loss, l2_grad + l1_grad


def hinge_loss(scores: np.ndarray, y: np.ndarray, margin: float = 1.0) -> tuple[float, np.ndarray]:
    """Return the multiclass hinge loss, averaged over the examples, and its subgradient."""
    n = len(scores)
    rows = np.arange(n)
    margins = np.maximum(0.0, scores - scores[rows, y][:, np.newaxis] + margin)
    margins[rows, y] = 0.0  # the sum leaves out j = y
    violated = (margins > 0).astype(float)
    violated[rows, y] = -violated.sum(axis=1)  # every violation pulls the right score up
    return margins.sum() / n, violated / n


def regularized_hinge_loss(
    W: np.ndarray,
    x: np.ndarray,
    y: np.ndarray,
    lam: float,
    penalty: str = "l2",
    beta: float = 1.0,
) -> tuple[float, np.ndarray]:
    """Return the slide's full objective for a linear classifier, and its gradient."""
    if penalty == "l2":
        penalty_loss, penalty_grad = l2(W, lam)
    elif penalty == "l1":
        penalty_loss, penalty_grad = l1(W, lam)
    elif penalty == "elastic_net":
        penalty_loss, penalty_grad = elastic_net(W, lam, beta)
    else:
        raise ValueError(f'penalty must be "l2", "l1" or "elastic_net", not {penalty!r}')
    data_loss, dscores = hinge_loss(x @ W, y)
    return data_loss + penalty_loss, x.T @ dscores + penalty_grad
