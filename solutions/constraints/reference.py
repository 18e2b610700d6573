"""Constraints on PyTorch: `torch.renorm`, `torch.optim.SGD` and `AdamW`; clipping by one concatenated vector."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

LARGE = 1e9  # beside which the 1e-7 that torch.renorm adds to a norm is nothing


def _step(
    make: type[torch.optim.Optimizer], x: np.ndarray, grad: np.ndarray, state: dict[str, Any], **options: Any
) -> tuple[np.ndarray, dict[str, Any]]:
    """Take a step from x with an optimizer that lives in `state`."""
    if not state:
        parameter = torch.nn.Parameter(torch.tensor(x, dtype=torch.float64))
        state = {"parameter": parameter, "optimizer": make([parameter], **options)}
    parameter, optimizer = state["parameter"], state["optimizer"]
    with torch.no_grad():
        parameter.copy_(torch.tensor(x))
    parameter.grad = torch.tensor(grad, dtype=torch.float64)
    optimizer.param_groups[0]["lr"] = options["lr"]
    optimizer.step()
    return parameter.detach().numpy().copy(), state


def max_norm(W: np.ndarray, c: float) -> np.ndarray:
    """`torch.renorm` of the columns."""
    if c <= 0:
        raise ValueError("c must be positive")
    return torch.renorm(torch.tensor(W) * LARGE, p=2, dim=1, maxnorm=c * LARGE).numpy() / LARGE


def clip_by_global_norm(grads: dict[str, np.ndarray], max_norm: float) -> tuple[dict[str, np.ndarray], float]:
    """The norm of `torch.nn.utils`, and the factor of `clip_grad_norm_` without its 1e-6."""
    if max_norm <= 0:
        raise ValueError("max_norm must be positive")
    tensors = {name: torch.tensor(grad, dtype=torch.float64) for name, grad in grads.items()}
    norm = torch.nn.utils.get_total_norm(list(tensors.values()))
    factor = torch.clamp(max_norm / norm, max=1.0)
    return {name: (tensor * factor).numpy() for name, tensor in tensors.items()}, norm.item()


def sgd_weight_decay(
    x: np.ndarray, grad: np.ndarray, state: dict[str, Any], lr: float, wd: float = 1e-2
) -> tuple[np.ndarray, dict[str, Any]]:
    """`torch.optim.SGD` with `weight_decay`."""
    return _step(torch.optim.SGD, x, grad, state, lr=lr, weight_decay=wd)


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
    """`torch.optim.AdamW`."""
    return _step(torch.optim.AdamW, x, grad, state, lr=lr, betas=(beta1, beta2), eps=eps, weight_decay=wd)
