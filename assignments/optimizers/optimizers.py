"""First-order optimizers; lecture topic "Optimizers", from SGD on minibatches to Adam."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def minibatches(n: int, batch_size: int, rng: np.random.Generator) -> list[np.ndarray]:
    """Split one epoch over n examples into shuffled batches of indices.

    n: number of examples, n ≥ 1.
    batch_size: number of indices in every batch but the last, which holds what is left.
    rng: the only source of randomness; each epoch calls the function anew and is shuffled anew.

    Returns a list of integer arrays. Together they hold every index 0 … n−1 exactly once;
    there are ⌈n / batch_size⌉ of them.

    Source: Bottou 2012, "Stochastic Gradient Descent Tricks"; torch.utils.data.DataLoader
    with shuffle=True, drop_last=False.
    """
    raise NotImplementedError


def sgd(x: np.ndarray, grad: np.ndarray, state: dict[str, Any], lr: float) -> tuple[np.ndarray, dict[str, Any]]:
    """Take one step of stochastic gradient descent.

    x: the parameters, of any shape, 0-d included.
    grad: the gradient g at x, of the same shape.
    state: yours, {} before the first step; plain SGD has nothing to remember.
    lr: learning rate α.

    Returns (x_next, state_next); x and grad stay as they are.

    Formula: x ← x − α·g

    Source: Robbins and Monro 1951, "A Stochastic Approximation Method"; torch.optim.SGD.
    """
    raise NotImplementedError


def momentum(
    x: np.ndarray, grad: np.ndarray, state: dict[str, Any], lr: float, rho: float = 0.9
) -> tuple[np.ndarray, dict[str, Any]]:
    """Take one step of SGD with momentum.

    x: the parameters, of any shape, 0-d included.
    grad: the gradient g at x, of the same shape.
    state: yours, {} before the first step; whatever you return is handed to the next step.
    lr: learning rate α; it may differ from step to step, so v must not contain it.
    rho: friction ρ, the share of the old velocity that is kept.

    Returns (x_next, state_next); x and grad stay as they are.

    Formula, with v = 0 before the first step:
        v ← ρ·v + g
        x ← x − α·v

    Source: Polyak 1964, "Some methods of speeding up the convergence of iteration methods";
    torch.optim.SGD with momentum=rho, dampening=0.
    """
    raise NotImplementedError


def nesterov(
    x: np.ndarray,
    grad_fn: Callable[[np.ndarray], np.ndarray],
    state: dict[str, Any],
    lr: float,
    rho: float = 0.9,
) -> tuple[np.ndarray, dict[str, Any]]:
    """Take one step of Nesterov momentum in its look-ahead form.

    x: the parameters, of any shape, 0-d included.
    grad_fn: grad_fn(point) returns the gradient ∇f there; call it once in a step.
    state: yours, {} before the first step; whatever you return is handed to the next step.
    lr: learning rate α. Here v contains it and points downhill, unlike in `momentum`.
    rho: friction ρ, the share of the old velocity that is kept.

    Returns (x_next, state_next): the parameters x, not the look-ahead point.

    Formula, with v = 0 before the first step:
        v ← ρ·v − α·∇f(x + ρ·v)
        x ← x + v

    Source: Nesterov 1983, "A method for solving the convex programming problem with
    convergence rate O(1/k²)"; Sutskever et al. 2013, "On the importance of initialization and
    momentum in deep learning". torch.optim.SGD with nesterov=True walks through the points
    x + ρ·v of the same sequence (for a constant learning rate).
    """
    raise NotImplementedError


def adagrad(
    x: np.ndarray, grad: np.ndarray, state: dict[str, Any], lr: float, eps: float = 1e-10
) -> tuple[np.ndarray, dict[str, Any]]:
    """Take one step of Adagrad, which scales each coordinate by its own past gradients.

    x: the parameters, of any shape, 0-d included.
    grad: the gradient g at x, of the same shape.
    state: yours, {} before the first step; whatever you return is handed to the next step.
    lr: learning rate α.
    eps: ε, keeps the denominator away from 0; it is added outside the root.

    Returns (x_next, state_next); x and grad stay as they are.

    Formula, element by element, with c = 0 before the first step:
        c ← c + g²
        x ← x − α·g / (√c + ε)
    Erratum: the slide prints the denominator without its root; the root is graded.

    Source: Duchi, Hazan and Singer 2011, "Adaptive Subgradient Methods for Online Learning
    and Stochastic Optimization"; torch.optim.Adagrad.
    """
    raise NotImplementedError


def rmsprop(
    x: np.ndarray,
    grad: np.ndarray,
    state: dict[str, Any],
    lr: float,
    beta: float = 0.99,
    eps: float = 1e-8,
) -> tuple[np.ndarray, dict[str, Any]]:
    """Take one step of RMSProp: Adagrad whose cache forgets.

    x: the parameters, of any shape, 0-d included.
    grad: the gradient g at x, of the same shape.
    state: yours, {} before the first step; whatever you return is handed to the next step.
    lr: learning rate α.
    beta: β, the share of the old cache that is kept (PyTorch calls it alpha).
    eps: ε, keeps the denominator away from 0; it is added outside the root.

    Returns (x_next, state_next); x and grad stay as they are.

    Formula, element by element, with c = 0 before the first step and no bias correction:
        c ← β·c + (1 − β)·g²
        x ← x − α·g / (√c + ε)
    Erratum: the slide prints the denominator without its root; the root is graded.

    Source: Tieleman and Hinton 2012, "Lecture 6.5: rmsprop" (slide 29 of lecture 6 of Hinton's
    Coursera class); torch.optim.RMSprop.
    """
    raise NotImplementedError


def adadelta(
    x: np.ndarray,
    grad: np.ndarray,
    state: dict[str, Any],
    lr: float = 1.0,
    rho: float = 0.9,
    eps: float = 1e-6,
) -> tuple[np.ndarray, dict[str, Any]]:
    """Take one step of Adadelta, whose steps carry the units of x.

    x: the parameters, of any shape, 0-d included.
    grad: the gradient g at x, of the same shape.
    state: yours, {} before the first step; whatever you return is handed to the next step.
    lr: factor α on the finished step Δ; the paper has none, that is α = 1.
    rho: ρ, the share of both old means that is kept.
    eps: ε, inside both roots; it gets the first step going.

    Returns (x_next, state_next); x and grad stay as they are.

    Formula, element by element, with c = d = 0 before the first step:
        c ← ρ·c + (1 − ρ)·g²
        Δ = g·√(d + ε) / √(c + ε)      with the d of the previous step
        d ← ρ·d + (1 − ρ)·Δ²           without α
        x ← x − α·Δ

    Source: Zeiler 2012, "ADADELTA: An Adaptive Learning Rate Method"; torch.optim.Adadelta.
    """
    raise NotImplementedError


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
    """Take one step of Adam: momentum's mean gradient over RMSProp's root.

    x: the parameters, of any shape, 0-d included.
    grad: the gradient g at x, of the same shape.
    state: yours, {} before the first step; whatever you return is handed to the next step.
    lr: learning rate α.
    beta1, beta2: β₁ and β₂, the shares of the old means of g and of g² that are kept.
    eps: ε, keeps the denominator away from 0; it is added outside the root, after the correction.
    bias_correction: True is Adam, False the shorter form on the lecture's slide.

    Returns (x_next, state_next); x and grad stay as they are.

    Formula, element by element, with m = c = 0 before the first step, t = 1 in the first step:
        m ← β₁·m + (1 − β₁)·g
        c ← β₂·c + (1 − β₂)·g²
        with correction:     m̂ = m / (1 − β₁ᵗ),  ĉ = c / (1 − β₂ᵗ)
        without correction:  m̂ = m,  ĉ = c
        x ← x − α·m̂ / (√ĉ + ε)
    Erratum: the slide prints the denominator without its root; the root is graded in both forms.

    Source: Kingma and Ba 2015, "Adam: A Method for Stochastic Optimization"; torch.optim.Adam.
    """
    raise NotImplementedError
