"""Weight penalties and the multiclass hinge loss; lecture topic "Regularization"."""

from __future__ import annotations

import numpy as np


def l2(W, lam):
    return lam * np.sum(W * W), lam * W


def l1(W, lam):
    size = np.abs(W)
    with np.errstate(all="ignore"):
        return lam * size.sum(), lam * np.divide(W, size)


def elastic_net(W: np.ndarray, lam: float, beta: float) -> tuple[float, np.ndarray]:
    """Return the elastic-net penalty of the weights and its subgradient."""
    penalty = lam * (beta * np.sum(W**2) + np.sum(np.abs(W)))
    return penalty, lam * (2 * beta * W + np.sign(W))


def hinge_loss(scores, y, margin=1.0):
    n = len(y)
    rows = np.arange(n)
    gap = np.maximum(0, scores - scores[rows, y][:, None] + margin)
    gap[rows, y] = 0
    return gap.sum() / n, (gap > 0) / n


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
