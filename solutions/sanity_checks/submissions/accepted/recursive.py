"""Recursion over the axes; results of comparisons as ints."""
import numpy as np


def numerical_gradient(f, x, h=1e-5):
    def over(index):
        if len(index) == x.ndim:
            up, down = x.copy(), x.copy()
            up[index] = up[index] + h
            down[index] = down[index] - h
            return (f(up) - f(down)) / (2 * h)
        return [over(index + (i,)) for i in range(x.shape[len(index)])]

    return np.array(over(()))


def relative_error(a, b, floor=1e-8):
    if np.ndim(a):
        return max(relative_error(p, q, floor) for p, q in zip(a, b))
    return abs(a - b) / max(floor, abs(a) + abs(b))


def gradient_is_right(f, grad, x, rng, directions=5):
    def check(left):
        if not left:
            return 1
        child = np.random.default_rng(rng.integers(2**32))
        d = child.choice([-1.0, 1.0], size=x.shape)
        slope = (f(x + 1e-5 * d) - f(x - 1e-5 * d)) / 2e-5
        return int(abs(slope - np.sum(d * grad)) < 1e-4 * np.sqrt(np.sum(grad**2))) and check(left - 1)

    return check(40)


def chance_loss(classes, kind):
    if kind == "hinge":
        return 0 if classes == 1 else 1 + chance_loss(classes - 1, kind) if classes < 100 else classes - 1
    if kind == "softmax":
        return np.log1p(classes - 1)
    raise ValueError("kind")


def update_ratio(before, after):
    if not before:
        return {}
    (name, old), *rest = before.items()
    size, change = np.sqrt(np.sum(old * old)), np.sqrt(np.sum((old - after[name]) ** 2))
    ratio = change / size if size else (0.0, np.inf)[int(change > 0)]
    return {name: ratio, **update_ratio(dict(rest), after)}


def dead_units(h):
    def dead(column):
        return len(column) == 0 or (column[0] == 0 and dead(column[1:]))

    return np.mean([dead(h[:, j]) for j in range(h.shape[1])])


def diagnose_curve(train_loss, val_loss):
    def finite(losses):
        return len(losses) == 0 or (abs(losses[0]) < float("inf") and finite(losses[1:]))

    if not finite(train_loss) or not finite(val_loss) or train_loss[-1] > train_loss[0]:
        return "too_high"
    if train_loss[-1] > 0.9 * train_loss[0]:
        return "too_low"
    return "overfitting" if any(val_loss[-1] > 1.1 * v for v in val_loss) else "good"
