"""The capstone on PyTorch: `F.dropout`, `F.multi_margin_loss`, autograd, `torch.optim.SGD` and `ExponentialLR`."""

from __future__ import annotations

import numpy as np
import torch
from torch.nn import functional
from torch.optim import SGD
from torch.optim.lr_scheduler import ExponentialLR

Tensors = dict[str, torch.Tensor]
SAME = 1e-9  # columns of W1 that agree to within this are one


def loss_and_gradients(
    params: dict[str, np.ndarray], x: np.ndarray, y: np.ndarray, lam: float
) -> tuple[float, dict[str, np.ndarray]]:
    """Autograd."""
    known = _tensors(params)
    loss = _loss(known, torch.tensor(x), torch.tensor(y), lam, 0.0)
    gradients = torch.autograd.grad(loss, list(known.values()))
    return loss.item(), {name: each.numpy() for name, each in zip(known, gradients, strict=True)}


def predict(params: dict[str, np.ndarray], x: np.ndarray) -> np.ndarray:
    """`torch.argmax` takes no side among equal scores; the first of the largest is asked for instead."""
    scores = _scores(_tensors(params), torch.tensor(x), 0.0).detach().numpy()
    return np.array([row.tolist().index(row.max()) for row in scores])


def train(
    params: dict[str, np.ndarray],
    x: np.ndarray,
    y: np.ndarray,
    x_val: np.ndarray,
    y_val: np.ndarray,
    rng: np.random.Generator,
    lr: float = 1e-2,
    rho: float = 0.9,
    lam: float = 0.0,
    p: float = 0.0,
    batch_size: int = 32,
    epochs: int = 20,
    decay: float = 1.0,
    patience: int | None = None,
) -> tuple[dict[str, np.ndarray], dict[str, list[float]]]:
    """A plain PyTorch training loop; its random numbers are PyTorch's own, seeded by the generator."""
    known, inputs, labels = _tensors(params), torch.tensor(x), torch.tensor(y)
    optimizer = SGD(known.values(), lr=lr, momentum=rho)
    scheduler = ExponentialLR(optimizer, decay)
    history: dict[str, list[float]] = {"train_loss": [], "val_loss": [], "val_accuracy": []}
    snapshots = []
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(int(rng.integers(2**63)))
        for _ in range(epochs):
            losses = []
            for batch in torch.randperm(len(inputs)).split(batch_size):
                loss = _loss(known, inputs[batch], labels[batch], lam, p)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                losses.append(loss.item())
            scheduler.step()
            snapshots.append({name: each.detach().numpy().copy() for name, each in known.items()})
            history["train_loss"].append(sum(losses) / len(losses))
            history["val_loss"].append(loss_and_gradients(snapshots[-1], x_val, y_val, lam)[0])
            history["val_accuracy"].append(float((predict(snapshots[-1], x_val) == y_val).mean()))
            if patience is not None and len(snapshots) - 1 - _best(history["val_loss"]) >= patience:
                break
    return snapshots[_best(history["val_loss"])], history


def distinct_units(W1: np.ndarray) -> int:
    """`torch.cdist` tells which columns agree; equal ones agree with the same others, so distinct rows are counted."""
    columns = torch.tensor(W1).T
    agree = torch.cdist(columns, columns, p=torch.inf) <= SAME
    return len(torch.unique(agree, dim=0))


def _tensors(params: dict[str, np.ndarray]) -> Tensors:
    return {name: torch.tensor(value, requires_grad=True) for name, value in params.items()}


def _scores(known: Tensors, x: torch.Tensor, p: float) -> torch.Tensor:
    hidden = functional.dropout(torch.relu(x @ known["W1"] + known["b1"]), p, training=p > 0)
    return hidden @ known["W2"] + known["b2"]


def _loss(known: Tensors, x: torch.Tensor, y: torch.Tensor, lam: float, p: float) -> torch.Tensor:
    scores = _scores(known, x, p)
    penalty = (known["W1"] ** 2).sum() + (known["W2"] ** 2).sum()
    return functional.multi_margin_loss(scores, y) * scores.shape[1] + lam * penalty


def _best(losses: list[float]) -> int:
    return losses.index(min(losses))
