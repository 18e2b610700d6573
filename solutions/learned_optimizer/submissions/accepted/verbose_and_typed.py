"""Type hints, long names, docstrings, frozen dataclasses for weights and state, every value has its own line."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

NUMBER_OF_GATES: Final[int] = 4
DEFAULT_THRESHOLD_EXPONENT: Final[float] = 10.0


@dataclass(frozen=True)
class GateActivations:
    """The gates of one step after their nonlinearity, each (K, H)."""

    input_gate: np.ndarray
    forget_gate: np.ndarray
    candidate: np.ndarray
    output_gate: np.ndarray


@dataclass(frozen=True)
class RecurrentState:
    """Hidden state and cell state of all coordinates."""

    hidden: np.ndarray
    cell: np.ndarray
    number_of_steps: int = field(default=0, compare=False)

    @classmethod
    def initial(cls, number_of_coordinates: int, hidden_size: int) -> RecurrentState:
        shape: tuple[int, int] = (number_of_coordinates, hidden_size)
        return cls(hidden=np.zeros(shape), cell=np.zeros(shape))


def logistic_function(preactivation: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + exp(-a)) without overflow."""
    result: np.ndarray = np.empty_like(preactivation)
    is_positive: np.ndarray = preactivation >= 0.0
    result[is_positive] = 1.0 / (1.0 + np.exp(-preactivation[is_positive]))
    exponential: np.ndarray = np.exp(preactivation[~is_positive])
    result[~is_positive] = exponential / (1.0 + exponential)
    return result


def compute_gates(inputs: np.ndarray, hidden: np.ndarray, weights: Mapping[str, np.ndarray]) -> GateActivations:
    """Compute all four gates."""
    contribution_of_inputs: np.ndarray = np.matmul(inputs, np.transpose(weights["W_ih"])) + weights["b_ih"]
    contribution_of_hidden: np.ndarray = np.matmul(hidden, np.transpose(weights["W_hh"])) + weights["b_hh"]
    preactivations: np.ndarray = contribution_of_inputs + contribution_of_hidden
    hidden_size: int = preactivations.shape[1] // NUMBER_OF_GATES
    by_gate: np.ndarray = preactivations.reshape(-1, NUMBER_OF_GATES, hidden_size)
    return GateActivations(
        input_gate=logistic_function(by_gate[:, 0, :]),
        forget_gate=logistic_function(by_gate[:, 1, :]),
        candidate=np.tanh(by_gate[:, 2, :]),
        output_gate=logistic_function(by_gate[:, 3, :]),
    )


def lstm_cell(
    z: np.ndarray, h: np.ndarray, c: np.ndarray, weights: Mapping[str, np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Do one step of the cell."""
    gates: GateActivations = compute_gates(inputs=z, hidden=h, weights=weights)
    kept_memory: np.ndarray = gates.forget_gate * c
    new_memory: np.ndarray = gates.input_gate * gates.candidate
    c_next: np.ndarray = kept_memory + new_memory
    h_next: np.ndarray = gates.output_gate * np.tanh(c_next)
    return h_next, c_next


def preprocess_gradient(grad: np.ndarray, p: float = DEFAULT_THRESHOLD_EXPONENT) -> np.ndarray:
    """Represent each gradient by two numbers."""
    threshold: float = float(np.exp(-p))
    magnitude: np.ndarray = np.abs(grad)
    is_small: np.ndarray = np.less(magnitude, threshold)
    magnitude_that_has_a_logarithm: np.ndarray = np.maximum(magnitude, threshold)
    first_feature: np.ndarray = np.log(magnitude_that_has_a_logarithm) / p
    second_feature: np.ndarray = np.where(is_small, grad * np.exp(p), np.sign(grad))
    return np.stack((first_feature, second_feature), axis=-1)


def learned_step(
    x: np.ndarray, grad: np.ndarray, state: Any, weights: Mapping[str, np.ndarray], scale: float = 0.1
) -> tuple[np.ndarray, RecurrentState]:
    """Let the network propose a step, and take it."""
    previous: RecurrentState
    if isinstance(state, RecurrentState):
        previous = state
    else:
        previous = RecurrentState.initial(number_of_coordinates=x.shape[0], hidden_size=weights["W_out"].shape[0])
    features: np.ndarray = preprocess_gradient(grad=grad)
    hidden, cell = lstm_cell(z=features, h=previous.hidden, c=previous.cell, weights=weights)
    network_output: np.ndarray = np.matmul(hidden, weights["W_out"]) + weights["b_out"]
    proposed_step: np.ndarray = np.squeeze(network_output, axis=1)
    x_next: np.ndarray = x + scale * proposed_step
    return x_next, RecurrentState(hidden=hidden, cell=cell, number_of_steps=previous.number_of_steps + 1)
