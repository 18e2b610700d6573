"""Prints, warns, turns floating-point errors into exceptions, changes print options; CRLF line ends."""
import sys
import warnings

import numpy as np

np.seterr(over="raise", divide="raise", invalid="raise")
np.set_printoptions(precision=1, threshold=4, suppress=True)
warnings.filterwarnings("error", category=RuntimeWarning)
print("Exercise: learned_optimizer")
print("=" * 200)
print("warming up ...", end="\r", file=sys.stderr)
warnings.warn("the optimizer was never trained")
step_number = 0


def sigmoid(a):
    e = np.exp(-abs(a))
    return np.where(a >= 0, 1 / (1 + e), e / (1 + e))


def lstm_cell(z, h, c, weights):
    print("lstm_cell: z", z.shape, "h", h.shape, "c", c.shape, {k: v.shape for k, v in weights.items()})
    gates = z @ weights["W_ih"].T + weights["b_ih"] + h @ weights["W_hh"].T + weights["b_hh"]
    i, f, g, o = np.split(gates, 4, axis=1)
    if np.any(sigmoid(f) < 0.01):
        warnings.warn("the cell forgets nearly everything")
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    h = sigmoid(o) * np.tanh(c)
    print(h, c, sep="\n")
    return h, c


def preprocess_gradient(grad, p=10.0):
    out = np.zeros((len(grad), 2))
    for k, g in enumerate(grad):
        if abs(g) >= np.exp(-p):
            out[k] = np.log(abs(g)) / p, np.sign(g)
        else:
            print("coordinate", k, "has a small gradient:", g)
            out[k] = -1, np.exp(p) * g
    return out


def learned_step(x, grad, state, weights, scale=0.1):
    global step_number
    step_number += 1        # only for the message
    print("step %d, |grad| = %g" % (step_number, np.linalg.norm(grad)), file=sys.stderr)
    if not state:
        warnings.warn("first step of a run: h and c are zero")
        state = {"h": np.zeros((len(x), len(weights["W_out"]))), "c": np.zeros((len(x), len(weights["W_out"])))}
    h, c = lstm_cell(preprocess_gradient(grad), state["h"], state["c"], weights)
    step = scale * (h @ weights["W_out"] + weights["b_out"])[:, 0]
    print("x moves by", step)
    return x + step, {"h": h, "c": c}


if __name__ == "__main__":
    print(learned_step(None, None, {}, None))
