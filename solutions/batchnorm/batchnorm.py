"""Batch normalization of a layer's activations; lecture topic "BatchNorm"."""

from __future__ import annotations

from typing import Any

import numpy as np


def batchnorm_forward(
    x: np.ndarray,
    gamma: np.ndarray,
    beta: np.ndarray,
    running: dict[str, np.ndarray],
    training: bool = True,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> tuple[np.ndarray, Any, dict[str, np.ndarray]]:
    """Normalize every feature over the batch, then scale and shift it.

    x (N, D): one row per example, one column per feature.
    gamma, beta (D,): learned scale γ and shift β.
    running: {"mean": (D,), "var": (D,)}, the moving averages so far.
    training: True normalizes with the batch, False with `running`.
    momentum: weight of the new batch in the moving averages (the slide's α).
    eps: ε, added to the variance inside the root.

    Returns (y, cache, running): y (N, D); cache is yours, it is handed to `batchnorm_backward`;
    running is a new dict with the same two keys, in evaluation with the same values.
    Raises ValueError in training for N < 2, where a batch has no spread.

    Formula, feature by feature:
        training:    μ = (1/N)·Σ x,  σ² = (1/N)·Σ (x − μ)²
                     running mean ← (1 − momentum)·running mean + momentum·μ
                     running var  ← (1 − momentum)·running var  + momentum·σ²·N/(N − 1)
        evaluation:  μ, σ² = running mean, running var
        y = γ·(x − μ) / √(σ² + ε) + β
    Erratum: the slide averages the same variance that it divides by; graded is PyTorch's way,
    the biased one to normalize and the unbiased one (divide by N − 1) to average.

    Source: Ioffe and Szegedy 2015, "Batch Normalization: Accelerating Deep Network Training by
    Reducing Internal Covariate Shift"; torch.nn.BatchNorm1d.
    """
    ### BEGIN SOLUTION
    if training:
        n = len(x)
        if n < 2:
            raise ValueError(f"training needs at least 2 examples in a batch, not {n}")
        mean, var = x.mean(axis=0), x.var(axis=0)
        running = {
            "mean": (1 - momentum) * running["mean"] + momentum * mean,
            "var": (1 - momentum) * running["var"] + momentum * var * n / (n - 1),
        }
    else:
        mean, var = running["mean"], running["var"]
        running = {"mean": mean.copy(), "var": var.copy()}
    inv_std = 1 / np.sqrt(var + eps)
    x_hat = (x - mean) * inv_std
    return gamma * x_hat + beta, (x_hat, gamma * inv_std, training), running
    ### END SOLUTION


def batchnorm_backward(dy: np.ndarray, cache: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients of the loss with respect to x, gamma and beta.

    dy (N, D): ∂L/∂y.
    cache: what `batchnorm_forward` returned for this batch, in training or in evaluation.

    Returns (dx, dgamma, dbeta) of shapes (N, D), (D,) and (D,).

    Formula, feature by feature, with x̂ = (x − μ)/√(σ² + ε) and means over the batch:
        dβ = Σ dy
        dγ = Σ dy·x̂
        training:    dx = γ/√(σ² + ε) · (dy − mean(dy) − x̂·mean(dy·x̂))
        evaluation:  dx = γ/√(σ² + ε) · dy
    In training μ and σ² depend on every row of x, in evaluation they are constants.

    Source: Ioffe and Szegedy 2015, "Batch Normalization: Accelerating Deep Network Training by
    Reducing Internal Covariate Shift", section 3; torch.nn.BatchNorm1d.
    """
    ### BEGIN SOLUTION
    x_hat, scale, training = cache
    dgamma = (dy * x_hat).sum(axis=0)
    dbeta = dy.sum(axis=0)
    if training:
        dy = dy - (dbeta + x_hat * dgamma) / len(dy)
    return scale * dy, dgamma, dbeta
    ### END SOLUTION


def identity_parameters(mean: np.ndarray, var: np.ndarray, eps: float = 1e-5) -> tuple[np.ndarray, np.ndarray]:
    """Return the gamma and beta with which the layer gives a batch back unchanged.

    mean, var (D,): the batch's mean and biased variance.
    eps: the ε of the layer, which has to be undone too.

    Returns (gamma, beta), each (D,).

    Formula: solve γ·(x − μ)/√(σ² + ε) + β = x for all x: γ = √(σ² + ε), β = μ.

    Source: Ioffe and Szegedy 2015, "Batch Normalization: Accelerating Deep Network Training by
    Reducing Internal Covariate Shift", section 3.
    """
    ### BEGIN SOLUTION
    return np.sqrt(var + eps), mean.copy()
    ### END SOLUTION
