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
    penalty = lam * (beta * np.sum(W**2) + np.sum(np.abs(W)))
    return penalty, lam * (2 * beta * W + np.sign(W))


def hinge_loss(scores: np.ndarray, y: np.ndarray, margin: float = 1.0) -> tuple[float, np.ndarray]:
    """Return the multiclass hinge loss, averaged over the examples, and its subgradient."""
    raise NotImplementedError


def regularized_hinge_loss(
    W: np.ndarray,
    x: np.ndarray,
    y: np.ndarray,
    lam: float,
    penalty: str = "l2",
    beta: float = 1.0,
) -> tuple[float, np.ndarray]:
    """Return the slide's full objective for a linear classifier, and its gradient."""
    raise NotImplementedError
