"""The optimizers on PyTorch: every step is taken by the class of `torch.optim` that bears its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch.utils.data import BatchSampler, RandomSampler


def minibatches(n: int, batch_size: int, rng: np.random.Generator) -> list[np.ndarray]:
    """One epoch of PyTorch's own samplers."""
    generator = torch.Generator().manual_seed(int(rng.integers(2**62)))
    sampler = RandomSampler(range(n), generator=generator)
    return [np.array(batch) for batch in BatchSampler(sampler, batch_size, drop_last=False)]


def _step(
    make: Callable[..., torch.optim.Optimizer], x: np.ndarray, grad: np.ndarray, state: dict[str, Any], **options: Any
) -> tuple[np.ndarray, dict[str, Any]]:
    """Take one step of an optimizer that lives on in `state`; only its learning rate may change."""
    if not state:
        parameter = torch.nn.Parameter(torch.tensor(x, dtype=torch.float64))
        state = {"parameter": parameter, "optimizer": make([parameter], **options)}
    parameter, optimizer = state["parameter"], state["optimizer"]
    optimizer.param_groups[0]["lr"] = options["lr"]
    with torch.no_grad():
        parameter.copy_(torch.tensor(x))
    parameter.grad = torch.tensor(grad, dtype=torch.float64)
    optimizer.step()
    return parameter.detach().numpy().copy(), state


def sgd(x: np.ndarray, grad: np.ndarray, state: dict[str, Any], lr: float) -> tuple[np.ndarray, dict[str, Any]]:
    """`torch.optim.SGD`."""
    return _step(torch.optim.SGD, x, grad, state, lr=lr)


def momentum(
    x: np.ndarray, grad: np.ndarray, state: dict[str, Any], lr: float, rho: float = 0.9
) -> tuple[np.ndarray, dict[str, Any]]:
    """`torch.optim.SGD` with momentum."""
    return _step(torch.optim.SGD, x, grad, state, lr=lr, momentum=rho)


def nesterov(
    x: np.ndarray,
    grad_fn: Callable[[np.ndarray], np.ndarray],
    state: dict[str, Any],
    lr: float,
    rho: float = 0.9,
) -> tuple[np.ndarray, dict[str, Any]]:
    """`torch.optim.SGD` with nesterov=True walks through y = x + ρv; for constant lr, v = -lr · its momentum buffer."""
    point = state["point"] if state else x
    point, inner = _step(
        torch.optim.SGD,
        point,
        grad_fn(point.copy()),
        state.get("inner", {}),
        lr=lr,
        momentum=rho,
        nesterov=rho > 0,
    )
    buffer = inner["optimizer"].state[inner["parameter"]].get("momentum_buffer")
    velocity = 0.0 if buffer is None else -lr * buffer.numpy()
    return point - rho * velocity, {"point": point, "inner": inner}


def adagrad(
    x: np.ndarray, grad: np.ndarray, state: dict[str, Any], lr: float, eps: float = 1e-10
) -> tuple[np.ndarray, dict[str, Any]]:
    """`torch.optim.Adagrad`."""
    return _step(torch.optim.Adagrad, x, grad, state, lr=lr, eps=eps)


def rmsprop(
    x: np.ndarray, grad: np.ndarray, state: dict[str, Any], lr: float, beta: float = 0.99, eps: float = 1e-8
) -> tuple[np.ndarray, dict[str, Any]]:
    """`torch.optim.RMSprop`."""
    return _step(torch.optim.RMSprop, x, grad, state, lr=lr, alpha=beta, eps=eps)


def adadelta(
    x: np.ndarray, grad: np.ndarray, state: dict[str, Any], lr: float = 1.0, rho: float = 0.9, eps: float = 1e-6
) -> tuple[np.ndarray, dict[str, Any]]:
    """`torch.optim.Adadelta`."""
    return _step(torch.optim.Adadelta, x, grad, state, lr=lr, rho=rho, eps=eps)


def adam(
    x: np.ndarray,
    grad: np.ndarray,
    state: dict[str, Any],
    lr: float = 1e-3,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
    bias_correction: bool = True,
) -> tuple[np.ndarray, dict[str, Any]]:
    """`torch.optim.Adam`; without bias correction, its moments with a plain step."""
    x_next, state = _step(torch.optim.Adam, x, grad, state, lr=lr, betas=(beta1, beta2), eps=eps)
    if bias_correction:
        return x_next, state
    moments = state["optimizer"].state[state["parameter"]]
    plain = moments["exp_avg"] / (moments["exp_avg_sq"].sqrt() + eps)
    return x - lr * plain.numpy(), state
