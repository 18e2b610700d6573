"""Named tuples, ordered and default dicts, tuples and 0-d arrays as results."""
from collections import OrderedDict, defaultdict, namedtuple

import numpy as np

Objective = namedtuple("Objective", ["loss", "grads"])
Result = namedtuple("Result", "best_params history")


def loss_and_gradients(params, x, y, lam):
    loss, grads = _both(params, x, y, lam, 1.0)
    return Objective(loss=np.array(loss), grads=OrderedDict(sorted(grads.items())))


def _both(params, x, y, lam, mask):
    pre = x @ params["W1"] + params["b1"]
    act = np.maximum(0, pre) * mask
    scores = act @ params["W2"] + params["b2"]
    target = np.zeros(scores.shape, bool)
    target[np.arange(len(y)), y] = True
    margin = np.where(target, 0, scores - scores[target][:, np.newaxis] + 1)
    loss = np.where(margin > 0, margin, 0).sum(axis=1).mean()
    for name in params:
        if name.startswith("W"):
            loss = loss + lam * np.sum(params[name] ** 2)
    back = (margin > 0).astype(float)
    back[target] = -back.sum(axis=1)
    back = back / len(y)
    grads = defaultdict(float)
    grads["W2"] = act.T @ back + 2 * lam * params["W2"]
    grads["b2"] = back.sum(axis=0)
    back = (back @ params["W2"].T) * mask * (pre > 0)
    grads["W1"] = x.T @ back + 2 * lam * params["W1"]
    grads["b1"] = back.sum(axis=0)
    return loss, grads


def predict(params, x):
    scores = np.maximum(0, x @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
    return tuple(int(row.argmax()) for row in scores)


def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32, epochs=20, decay=1.0,
          patience=None):
    State = namedtuple("State", "W1 b1 W2 b2")
    now = State(**params)
    v = State(0.0, 0.0, 0.0, 0.0)
    history = defaultdict(tuple)
    best, age = now, 0
    for epoch in range(epochs):
        losses = ()
        shuffled = rng.permutation(len(x))
        for batch in [shuffled[k:k + batch_size] for k in range(0, len(x), batch_size)]:
            mask = rng.choice(2, p=(p, 1 - p), size=(len(batch), len(now.b1)))
            mask = mask if p in (0, 1) else mask / (1 - p)
            loss, g = _both(now._asdict(), x[batch], y[batch], lam, mask)
            losses += (loss,)
            v = State(*(rho * a + g[k] for k, a in zip(State._fields, v)))
            now = State(*(w - lr * decay ** epoch * a for w, a in zip(now, v)))
        history["train_loss"] += (np.array(sum(losses) / len(losses)),)
        val_loss = _both(now._asdict(), x_val, y_val, lam, 1.0)[0]
        age = 0 if epoch == 0 or val_loss < min(history["val_loss"]) else age + 1
        history["val_loss"] += (val_loss,)
        history["val_accuracy"] += (np.float32(np.mean(np.array(predict(now._asdict(), x_val)) == y_val)),)
        if age == 0:
            best = now
        if patience and age >= patience:
            break
    return Result(OrderedDict(best._asdict()), history)


def distinct_units(W1):
    groups = []
    for column in map(tuple, W1.T):
        for group in groups:
            if all(abs(a - b) < 1e-9 for a, b in zip(group[0], column)):
                group.append(column)
                break
        else:
            groups.append([column])
    return np.array(len(groups))
