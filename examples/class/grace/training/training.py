"""The whole network in lists. Weights are kept unit by unit (transposed), so every sum is a sum(map(mul, ...))."""

from operator import mul

import numpy as np


def to_lists(params):
    """W1 and W2 as lists of columns, one for each unit; b1 and b2 as lists."""
    net = {}
    for name in params:
        a = np.asarray(params[name])
        net[name] = a.T.tolist() if a.ndim == 2 else a.tolist()
    return net


def to_params(net):
    result = {}
    for name in net:
        result[name] = np.array(net[name], dtype=float).T.copy()  # .T does nothing to b
    return result


def dot(u, v):
    return sum(map(mul, u, v))


def scores_of(net, row):
    a = [dot(row, unit) + b for unit, b in zip(net["W1"], net["b1"])]
    h = [v if v > 0 else 0.0 for v in a]
    return h, [dot(h, unit) + b for unit, b in zip(net["W2"], net["b2"])]


def penalty(net):
    return sum(dot(unit, unit) for unit in net["W1"]) + sum(dot(unit, unit) for unit in net["W2"])


def zeros_like(net):
    return {
        "W1": [[0.0] * len(u) for u in net["W1"]],
        "b1": [0.0] * len(net["b1"]),
        "W2": [[0.0] * len(u) for u in net["W2"]],
        "b2": [0.0] * len(net["b2"]),
    }


def objective(net, rows, labels, lam, masks=None):
    n = len(rows)
    grads = zeros_like(net)
    total = 0.0
    outgoing = list(zip(*net["W2"]))  # [hidden unit][class]
    for r in range(n):
        row, label = rows[r], labels[r]
        if masks is None:
            h, s = scores_of(net, row)
            alive = [1.0 if v > 0 else 0.0 for v in h]
        else:
            h, _ = scores_of(net, row)
            alive = [m if v > 0 else 0.0 for v, m in zip(h, masks[r])]
            h = [v * m for v, m in zip(h, masks[r])]
            s = [dot(h, unit) + b for unit, b in zip(net["W2"], net["b2"])]

        ds = [0.0] * len(s)
        for j in range(len(s)):
            if j != label:
                margin = s[j] - s[label] + 1
                if margin > 0:
                    total += margin
                    ds[j] += 1 / n
                    ds[label] -= 1 / n
        if not any(ds):
            continue  # nothing to learn from this one

        for j, d in enumerate(ds):
            if d != 0:
                grads["b2"][j] += d
                grads["W2"][j] = [g + d * v for g, v in zip(grads["W2"][j], h)]
        for k, factor in enumerate(alive):
            if factor != 0:
                d = factor * dot(ds, outgoing[k])
                grads["b1"][k] += d
                grads["W1"][k] = [g + d * v for g, v in zip(grads["W1"][k], row)]

    for name in ("W1", "W2"):
        for k, unit in enumerate(net[name]):
            grads[name][k] = [g + 2 * lam * w for g, w in zip(grads[name][k], unit)]
    return total / n + lam * penalty(net), grads


def loss_and_gradients(params, x, y, lam):
    loss, grads = objective(to_lists(params), x.tolist(), y.tolist(), lam)
    return loss, to_params(grads)


def choose(net, row):
    s = scores_of(net, row)[1]
    return s.index(max(s))  # index finds the first one


def predict(params, x):
    net = to_lists(params)
    return [choose(net, row) for row in x.tolist()]


def train(
    params,
    x,
    y,
    x_val,
    y_val,
    rng,
    lr=1e-2,
    rho=0.9,
    lam=0.0,
    p=0.0,
    batch_size=32,
    epochs=20,
    decay=1.0,
    patience=None,
):
    net = to_lists(params)
    velocity = zeros_like(net)
    rows, labels = x.tolist(), y.tolist()
    rows_val, labels_val = x_val.tolist(), y_val.tolist()
    units = len(net["b1"])
    history = {"train_loss": [], "val_loss": [], "val_accuracy": []}
    best, best_loss, waited = None, None, 0

    rate = lr
    for epoch in range(epochs):
        order = list(range(len(rows)))
        rng.shuffle(order)
        losses = []
        while order:
            batch, order = order[:batch_size], order[batch_size:]
            masks = None
            if p > 0:
                masks = []
                for _ in batch:
                    draws = rng.random(units).tolist()
                    masks.append([0.0 if u < p else 1 / (1 - p) for u in draws])
            loss, grads = objective(net, [rows[i] for i in batch], [labels[i] for i in batch], lam, masks)
            losses.append(loss)
            for name in ("W1", "W2"):
                for k in range(len(net[name])):
                    velocity[name][k] = [rho * v + g for v, g in zip(velocity[name][k], grads[name][k])]
                    net[name][k] = [w - rate * v for w, v in zip(net[name][k], velocity[name][k])]
            for name in ("b1", "b2"):
                velocity[name] = [rho * v + g for v, g in zip(velocity[name], grads[name])]
                net[name] = [w - rate * v for w, v in zip(net[name], velocity[name])]
        rate *= decay

        val_loss, _ = objective(net, rows_val, labels_val, lam)
        hits = 0
        for row, label in zip(rows_val, labels_val):
            if choose(net, row) == label:
                hits += 1
        history["train_loss"].append(sum(losses) / len(losses))
        history["val_loss"].append(val_loss)
        history["val_accuracy"].append(hits / len(labels_val))

        if best is None or val_loss < best_loss:
            best, best_loss, waited = to_params(net), val_loss, 0
        else:
            waited += 1
            if patience is not None and waited >= patience:
                break
    return best, history


def distinct_units(W1):
    seen = []
    for unit in zip(*W1.tolist()):
        for other in seen:
            if max(abs(a - b) for a, b in zip(unit, other)) <= 1e-9:
                break
        else:
            seen.append(unit)
    return len(seen)
