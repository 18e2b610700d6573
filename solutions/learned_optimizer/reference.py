"""The learned optimizer on PyTorch: `torch.nn.LSTMCell`, and the step built on it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import torch


def lstm_cell(
    z: np.ndarray, h: np.ndarray, c: np.ndarray, weights: dict[str, np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """`torch.nn.LSTMCell` with these weights."""
    hidden, cell = _cell(weights)(torch.tensor(z), (torch.tensor(h), torch.tensor(c)))
    return hidden.detach().numpy(), cell.detach().numpy()


def preprocess_gradient(grad: np.ndarray, p: float = 10.0) -> np.ndarray:
    """Decide for each coordinate by itself."""
    rows = [
        (math.log(abs(g)) / p, math.copysign(1.0, g)) if abs(g) >= math.exp(-p) else (-1.0, math.exp(p) * g)
        for g in grad.tolist()
    ]
    return np.array(rows, dtype=np.float64)


def learned_step(
    x: np.ndarray, grad: np.ndarray, state: Any, weights: dict[str, np.ndarray], scale: float = 0.1
) -> tuple[np.ndarray, Any]:
    """`torch.nn.LSTMCell` and a linear layer; the state is what the cell takes."""
    hidden = _cell(weights)(torch.tensor(preprocess_gradient(grad)), state.get("cell"))
    update = hidden[0] @ torch.tensor(weights["W_out"]) + torch.tensor(weights["b_out"])
    return x + scale * update[:, 0].detach().numpy(), {"cell": hidden}


def _cell(weights: dict[str, np.ndarray]) -> torch.nn.LSTMCell:
    rows, inputs = weights["W_ih"].shape
    cell = torch.nn.LSTMCell(inputs, rows // 4, dtype=torch.float64)
    with torch.no_grad():
        for name, parameter in (
            ("W_ih", cell.weight_ih),
            ("W_hh", cell.weight_hh),
            ("b_ih", cell.bias_ih),
            ("b_hh", cell.bias_hh),
        ):
            parameter.copy_(torch.tensor(weights[name]))
    return cell
