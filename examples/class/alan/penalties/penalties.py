"""Weight penalties and the multiclass hinge loss; lecture topic "Regularization"."""

from __future__ import annotations

import numpy as np


def l2(W, lam):
    return 0.5 * lam * np.sum(W**2), lam * W


def l1(W: np.ndarray, lam: float) -> tuple[float, np.ndarray]:
    """Return the L1 penalty of the weights and its subgradient."""
    return lam * np.sum(np.abs(W)), lam * np.sign(W)


def elastic_net(W: np.ndarray, lam: float, beta: float) -> tuple[float, np.ndarray]:
    """Return the elastic-net penalty of the weights and its subgradient."""
    penalty = lam * (beta * np.sum(W**2) + np.sum(np.abs(W)))
    return penalty, lam * (2 * beta * W + np.sign(W))


def hinge_loss(scores, y, margin=1.0):
    n = len(y)
    rows = np.arange(n)
    gap = np.maximum(0, scores - scores[rows, y].reshape(-1, 1) + margin)
    d = (gap > 0) * 1.0
    d[rows, y] -= d.sum(axis=1)
    return gap.sum() / n, d / n


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
