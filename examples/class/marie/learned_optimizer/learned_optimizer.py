"""An optimizer that is a neural network itself; lecture topic "even other NNs"."""

from __future__ import annotations

from typing import Any

import numpy as np


def lstm_cell(
    z: np.ndarray, h: np.ndarray, c: np.ndarray, weights: dict[str, np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Take one step of a long short-term memory cell, for a batch of K rows.

    z (K, I): inputs. h, c (K, H): hidden state and cell state before the step.
    weights: "W_ih" (4H, I), "W_hh" (4H, H), "b_ih" (4H,), "b_hh" (4H,), the gates one below the other in the
    order input, forget, cell, output. Other entries do not concern the cell.

    Returns (h_next, c_next), each (K, H).

    Formula: the rows of z·W_ihᵀ + b_ih + h·W_hhᵀ + b_hh hold the gates i, f, g, o before their nonlinearity;
        c_next = σ(f)·c + σ(i)·tanh(g)
        h_next = σ(o)·tanh(c_next)

    Source: Hochreiter and Schmidhuber 1997, "Long Short-Term Memory"; torch.nn.LSTMCell.
    """
    raise NotImplementedError


def preprocess_gradient(grad: np.ndarray, p: float = 10.0) -> np.ndarray:
    """Turn gradients of very different sizes into numbers of order 1: two for each coordinate.

    grad (K,): a gradient. p: gradients smaller than e^(−p) count as small.

    Returns (K, 2): in each row
        (log|g|/p, sign g)   where |g| ≥ e^(−p),
        (−1, e^p·g)          elsewhere, for g = 0 too.

    Source: Andrychowicz et al. 2016, "Learning to learn by gradient descent by gradient descent", appendix A.
    """
    raise NotImplementedError


def learned_step(
    x: np.ndarray, grad: np.ndarray, state: Any, weights: dict[str, np.ndarray], scale: float = 0.1
) -> tuple[np.ndarray, Any]:
    """Take one step that a network proposes; all coordinates share the network, each has a state of its own.

    x, grad (K,): where we are, and the gradient there.
    state: {} before the first step, afterwards what you returned as `state_next`; its content is yours.
    weights: those of `lstm_cell` for I = 2, and of a linear layer on top: "W_out" (H, 1), "b_out" (1,).
    scale: what the network's output is multiplied by.

    Returns (x_next, state_next): x_next (K,).

    Formula: the rows of preprocess_gradient(grad), one a coordinate, are a batch for the cell, whose h and c
    start at 0 and are carried from step to step; x_next = x + scale·(h_next·W_out + b_out).

    Source: Andrychowicz et al. 2016, "Learning to learn by gradient descent by gradient descent", section 2.1.
    """
    raise NotImplementedError
