"""No derivative by hand: a small reverse-mode automatic differentiation."""
import numpy as np


class Tensor:
    def __init__(self, data, parents=()):
        self.data = np.asarray(data, dtype=float)
        self.parents = parents          # pairs of (tensor, function from this gradient to its gradient)
        self.grad = np.zeros_like(self.data)

    def __add__(self, other):
        other = other if isinstance(other, Tensor) else Tensor(other)
        return Tensor(self.data + other.data, ((self, lambda g: _fit(g, self.data.shape)),
                                               (other, lambda g: _fit(g, other.data.shape))))

    def __mul__(self, other):
        other = other if isinstance(other, Tensor) else Tensor(other)
        return Tensor(self.data * other.data, ((self, lambda g: _fit(g * other.data, self.data.shape)),
                                               (other, lambda g: _fit(g * self.data, other.data.shape))))

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + (-other)

    def __matmul__(self, other):
        return Tensor(self.data @ other.data, ((self, lambda g: g @ other.data.T), (other, lambda g: self.data.T @ g)))

    def relu(self):
        return Tensor(np.maximum(self.data, 0), ((self, lambda g: g * (self.data > 0)),))

    def sum(self):
        return Tensor(self.data.sum(), ((self, lambda g: np.broadcast_to(g, self.data.shape)),))

    def pick(self, columns):
        rows = np.arange(len(columns))

        def back(g):
            out = np.zeros_like(self.data)
            np.add.at(out, (rows, columns), g[:, 0])
            return out

        return Tensor(self.data[rows, columns][:, None], ((self, back),))

    def backward(self):
        order, seen = [], set()

        def visit(t):
            if id(t) not in seen:
                seen.add(id(t))
                for parent, _ in t.parents:
                    visit(parent)
                order.append(t)

        visit(self)
        self.grad = np.ones_like(self.data)
        for t in reversed(order):
            for parent, pull in t.parents:
                parent.grad = parent.grad + pull(t.grad)


def _fit(g, shape):
    """Undo broadcasting."""
    while g.ndim > len(shape):
        g = g.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1 and g.shape[axis] != 1:
            g = g.sum(axis=axis, keepdims=True)
    return g


def _loss(T, x, y, lam, mask):
    scores = (Tensor(x) @ T["W1"] + T["b1"]).relu() * Tensor(mask) @ T["W2"] + T["b2"]
    rivals = np.ones(scores.data.shape)
    rivals[np.arange(len(y)), y] = 0
    margins = (scores - scores.pick(y) + 1.0).relu() * rivals
    return margins.sum() * (1 / len(y)) + ((T["W1"] * T["W1"]).sum() + (T["W2"] * T["W2"]).sum()) * lam


def _differentiate(params, x, y, lam, mask):
    T = {k: Tensor(w) for k, w in params.items()}
    loss = _loss(T, x, y, lam, mask)
    loss.backward()
    return loss.data, {k: t.grad for k, t in T.items()}


def loss_and_gradients(params, x, y, lam):
    return _differentiate(params, x, y, lam, np.ones((len(x), len(params["b1"]))))


def predict(params, x):
    T = {k: Tensor(w) for k, w in params.items()}
    return np.argmax(((Tensor(x) @ T["W1"] + T["b1"]).relu() @ T["W2"] + T["b2"]).data, axis=1)


def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32, epochs=20, decay=1.0,
          patience=None):
    def mask(n):
        kept = rng.random((n, len(params["b1"]))) >= p
        return kept / (1 - p) if p < 1 else kept * 0.0

    v = {k: np.zeros_like(w) for k, w in params.items()}
    history = {"train_loss": [], "val_loss": [], "val_accuracy": []}
    candidates = []
    for epoch in range(epochs):
        losses = []
        for batch in np.split(rng.permutation(len(x)), np.arange(batch_size, len(x), batch_size)):
            loss, grads = _differentiate(params, x[batch], y[batch], lam, mask(len(batch)))
            losses.append(loss)
            v = {k: rho * v[k] + grads[k] for k in v}
            params = {k: params[k] - lr * decay ** epoch * v[k] for k in v}
        val = _loss({k: Tensor(w) for k, w in params.items()}, x_val, y_val, lam, 1.0).data
        history["train_loss"].append(np.mean(losses))
        history["val_loss"].append(val)
        history["val_accuracy"].append((predict(params, x_val) == y_val).mean())
        candidates.append((float(val), epoch, params))
        best = min(candidates, key=lambda c: c[:2])
        if patience is not None and epoch - best[1] >= patience:
            break
    return best[2], history


def distinct_units(W1):
    n = W1.shape[1]
    leader = list(range(n))
    for j in range(n):
        for i in range(j):
            if leader[i] == i and np.all(np.abs(W1[:, i] - W1[:, j]) <= 1e-9):
                leader[j] = i
                break
    return len(set(leader))
