"""Weight penalties and the multiclass hinge loss; lecture topic "Regularization"."""

from __future__ import annotations

import numpy as np


def l2(W: np.ndarray, lam: float) -> tuple[float, np.ndarray]:
    """Return the L2 penalty of the weights and its gradient.

    W: weights of any shape.
    lam: strength λ of the penalty.

    Returns (penalty, dW): a number and an array of the shape of W.

    Formula: λ·Σ W², with no ½ in front; dW is its derivative, factor 2 included.

    Source: Hoerl and Kennard 1970, "Ridge Regression: Biased Estimation for Nonorthogonal
    Problems"; Krogh and Hertz 1992, "A Simple Weight Decay Can Improve Generalization".
    """
    raise NotImplementedError


def l1(W: np.ndarray, lam: float) -> tuple[float, np.ndarray]:
    """Return the L1 penalty of the weights and its subgradient.

    W: weights of any shape.
    lam: strength λ of the penalty.

    Returns (penalty, dW): a number and an array of the shape of W.

    Formula: λ·Σ |W|; dW is λ times the sign of each weight, and 0 where a weight is exactly 0.

    Source: Tibshirani 1996, "Regression Shrinkage and Selection via the Lasso".
    """
    raise NotImplementedError


def elastic_net(W: np.ndarray, lam: float, beta: float) -> tuple[float, np.ndarray]:
    """Return the elastic-net penalty of the weights and its subgradient.

    W: weights of any shape.
    lam: strength λ of the whole penalty.
    beta: weight β of the L2 part beside an L1 part of weight 1; not a mixing share.

    Returns (penalty, dW): a number and an array of the shape of W.

    Formula: λ·(β·Σ W² + Σ |W|); in dW the L1 part is 0 where a weight is exactly 0.

    Source: Zou and Hastie 2005, "Regularization and Variable Selection via the Elastic Net"
    (the formula with one λ and β is the lecture's).
    """
    raise NotImplementedError


def hinge_loss(scores: np.ndarray, y: np.ndarray, margin: float = 1.0) -> tuple[float, np.ndarray]:
    """Return the multiclass hinge loss, averaged over the examples, and its subgradient.

    scores (N, C): one row of class scores per example.
    y (N,): the number of the right class of each example, 0 … C−1.
    margin: how far the right score has to lead before a class costs nothing.

    Returns (loss, dscores): a number and an array (N, C).

    Formula: L = (1/N)·Σᵢ Σ_{j≠yᵢ} max(0, s_ij − s_{i,yᵢ} + margin)
    It is divided by N only, not by C. Exactly on the kink any subgradient is right.

    Source: Weston and Watkins 1999, "Support Vector Machines for Multi-Class Pattern
    Recognition"; torch.nn.functional.multi_margin_loss, which also divides by C.
    """
    raise NotImplementedError


def regularized_hinge_loss(
    W: np.ndarray,
    x: np.ndarray,
    y: np.ndarray,
    lam: float,
    penalty: str = "l2",
    beta: float = 1.0,
) -> tuple[float, np.ndarray]:
    """Return the slide's full objective for a linear classifier, and its gradient.

    W (D, C): the weights; the scores are xW, without a bias.
    x (N, D): one row per example.
    y (N,): the number of the right class of each example, 0 … C−1.
    lam: strength λ of the penalty.
    penalty: "l2", "l1" or "elastic_net".
    beta: the β of the elastic net; the other two ignore it.

    Returns (loss, dW): a number and an array (D, C).
    Raises ValueError for any other penalty.

    Formula: L = hinge(xW, y) + λ·R(W), margin 1; λR(W) is not divided by N.
    dW = xᵀ·dscores + the gradient of the penalty.

    Source: the lecture's slide "Regularization"; Weston and Watkins 1999, "Support Vector
    Machines for Multi-Class Pattern Recognition".
    """
    raise NotImplementedError
