"""Typed, documented and split into dataclasses with one job each."""
from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Parameters:
    """The weights and biases of both layers."""

    W1: FloatArray
    b1: FloatArray
    W2: FloatArray
    b2: FloatArray

    @classmethod
    def from_dict(cls, values: Mapping[str, FloatArray]) -> Parameters:
        return cls(values["W1"].copy(), values["b1"].copy(), values["W2"].copy(), values["b2"].copy())

    def to_dict(self) -> dict[str, FloatArray]:
        return {"W1": self.W1, "b1": self.b1, "W2": self.W2, "b2": self.b2}

    def plus(self, other: Parameters, factor: float) -> Parameters:
        return Parameters(
            W1=self.W1 + factor * other.W1,
            b1=self.b1 + factor * other.b1,
            W2=self.W2 + factor * other.W2,
            b2=self.b2 + factor * other.b2,
        )

    def zeros(self) -> Parameters:
        return Parameters(*(np.zeros_like(each) for each in (self.W1, self.b1, self.W2, self.b2)))

    def penalty(self) -> float:
        return float(np.sum(np.square(self.W1)) + np.sum(np.square(self.W2)))

    def penalty_gradient(self) -> Parameters:
        return Parameters(2.0 * self.W1, np.zeros_like(self.b1), 2.0 * self.W2, np.zeros_like(self.b2))


@dataclass
class ForwardPass:
    """What the backward pass has to know."""

    x: FloatArray
    preactivation: FloatArray
    hidden: FloatArray
    scores: FloatArray
    mask: FloatArray


@dataclass
class EarlyStopping:
    """Remembers the best epoch and tells when patience is exhausted."""

    patience: int | None
    lowest: float = float("inf")
    epochs_without_improvement: int = 0
    best: Parameters | None = None

    def observe(self, loss: float, parameters: Parameters) -> bool:
        if self.best is None or loss < self.lowest:
            self.lowest = loss
            self.best = parameters
            self.epochs_without_improvement = 0
            return False
        self.epochs_without_improvement += 1
        return self.patience is not None and self.epochs_without_improvement >= self.patience


@dataclass
class History:
    train_loss: list[float] = field(default_factory=list)
    val_loss: list[float] = field(default_factory=list)
    val_accuracy: list[float] = field(default_factory=list)


def _forward(parameters: Parameters, x: FloatArray, mask: FloatArray) -> ForwardPass:
    preactivation: FloatArray = np.matmul(x, parameters.W1) + parameters.b1
    hidden: FloatArray = np.maximum(preactivation, 0.0) * mask
    scores: FloatArray = np.matmul(hidden, parameters.W2) + parameters.b2
    return ForwardPass(x, preactivation, hidden, scores, mask)


def _hinge(scores: FloatArray, y: IntArray) -> tuple[float, FloatArray]:
    number_of_examples: int = scores.shape[0]
    rows: IntArray = np.arange(number_of_examples)
    margins: FloatArray = np.maximum(scores - scores[rows, y, None] + 1.0, 0.0)
    margins[rows, y] = 0.0
    gradient: FloatArray = np.zeros_like(scores)
    gradient[margins > 0.0] = 1.0
    gradient[rows, y] = -np.count_nonzero(margins, axis=1)
    return float(np.sum(margins)) / number_of_examples, gradient / number_of_examples


def _backward(parameters: Parameters, memory: ForwardPass, dscores: FloatArray) -> Parameters:
    dhidden: FloatArray = np.matmul(dscores, parameters.W2.T)
    dpreactivation: FloatArray = dhidden * memory.mask * (memory.preactivation > 0.0)
    return Parameters(
        W1=np.matmul(memory.x.T, dpreactivation),
        b1=np.sum(dpreactivation, axis=0),
        W2=np.matmul(memory.hidden.T, dscores),
        b2=np.sum(dscores, axis=0),
    )


def _objective(
    parameters: Parameters, x: FloatArray, y: IntArray, lam: float, mask: FloatArray
) -> tuple[float, Parameters]:
    memory: ForwardPass = _forward(parameters, x, mask)
    data_loss, dscores = _hinge(memory.scores, y)
    gradients: Parameters = _backward(parameters, memory, dscores).plus(parameters.penalty_gradient(), lam)
    return data_loss + lam * parameters.penalty(), gradients


def _everything_kept(x: FloatArray, parameters: Parameters) -> FloatArray:
    return np.ones((x.shape[0], parameters.b1.shape[0]))


def _dropout_mask(shape: tuple[int, int], p: float, rng: np.random.Generator) -> FloatArray:
    kept: FloatArray = (rng.uniform(low=0.0, high=1.0, size=shape) >= p).astype(np.float64)
    return kept if p >= 1.0 else kept / (1.0 - p)


def _minibatches(n: int, batch_size: int, rng: np.random.Generator) -> Iterator[IntArray]:
    order: IntArray = rng.permutation(n)
    for start in range(0, n, batch_size):
        yield order[start : start + batch_size]


def loss_and_gradients(
    params: dict[str, FloatArray], x: FloatArray, y: IntArray, lam: float
) -> tuple[float, dict[str, FloatArray]]:
    """Loss with penalty, without dropout, and its gradients."""
    parameters: Parameters = Parameters.from_dict(params)
    loss, gradients = _objective(parameters, x, y, lam, _everything_kept(x, parameters))
    return loss, gradients.to_dict()


def predict(params: dict[str, FloatArray], x: FloatArray) -> IntArray:
    """The class of the largest score."""
    parameters: Parameters = Parameters.from_dict(params)
    return np.argmax(_forward(parameters, x, _everything_kept(x, parameters)).scores, axis=1)


def train(
    params: dict[str, FloatArray],
    x: FloatArray,
    y: IntArray,
    x_val: FloatArray,
    y_val: IntArray,
    rng: np.random.Generator,
    lr: float = 1e-2,
    rho: float = 0.9,
    lam: float = 0.0,
    p: float = 0.0,
    batch_size: int = 32,
    epochs: int = 20,
    decay: float = 1.0,
    patience: int | None = None,
) -> tuple[dict[str, FloatArray], dict[str, list[float]]]:
    """Minibatch SGD with momentum, dropout, decay and early stopping."""
    parameters: Parameters = Parameters.from_dict(params)
    velocity: Parameters = parameters.zeros()
    stopping: EarlyStopping = EarlyStopping(patience)
    history: History = History()
    for epoch in range(epochs):
        rate: float = lr * decay**epoch
        losses: list[float] = []
        for batch in _minibatches(len(x), batch_size, rng):
            mask: FloatArray = _dropout_mask((len(batch), len(parameters.b1)), p, rng)
            loss, gradients = _objective(parameters, x[batch], y[batch], lam, mask)
            losses.append(loss)
            velocity = gradients.plus(velocity, rho)
            parameters = parameters.plus(velocity, -rate)
        history.train_loss.append(float(np.mean(losses)))
        val_loss, _ = loss_and_gradients(parameters.to_dict(), x_val, y_val, lam)
        history.val_loss.append(val_loss)
        history.val_accuracy.append(float(np.mean(predict(parameters.to_dict(), x_val) == y_val)))
        if stopping.observe(val_loss, parameters):
            break
    assert stopping.best is not None
    return stopping.best.to_dict(), dict(vars(history))


def distinct_units(W1: FloatArray, tolerance: float = 1e-9) -> int:
    """How many different columns there are."""
    representatives: list[FloatArray] = []
    for column in W1.T:
        is_known: bool = any(float(np.max(np.abs(column - each))) <= tolerance for each in representatives)
        if not is_known:
            representatives.append(column)
    return len(representatives)
