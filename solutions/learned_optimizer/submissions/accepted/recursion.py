"""Head and tail: dot products, rows and coordinates by recursion, nested tuples as results, a linked list as state."""
import math


def dot(a, b, k=0):
    return 0.0 if k == len(a) else float(a[k]) * float(b[k]) + dot(a, b, k + 1)


def sigma(v):
    return 1 / (1 + math.exp(-v)) if v > 0 else 1 - sigma(-v) if v > -20 else math.exp(v) / (1 + math.exp(v))


def row_of_cell(z, h, c, w, u=0):
    n = len(h)
    if u == n:
        return (), ()

    def pre(gate):
        r = gate * n + u
        return dot(w["W_ih"][r], z) + dot(w["W_hh"][r], h) + float(w["b_ih"][r]) + float(w["b_hh"][r])

    new = sigma(pre(1)) * float(c[u]) + sigma(pre(0)) * math.tanh(pre(2))
    h_rest, c_rest = row_of_cell(z, h, c, w, u + 1)
    return (sigma(pre(3)) * math.tanh(new),) + h_rest, (new,) + c_rest


def lstm_cell(z, h, c, weights):
    if len(z) == 0:
        return (), ()
    first_h, first_c = row_of_cell(z[0], h[0], c[0], weights)
    rest_h, rest_c = lstm_cell(z[1:], h[1:], c[1:], weights)
    return (first_h,) + rest_h, (first_c,) + rest_c


def preprocess_gradient(grad, p=10.0):
    if len(grad) == 0:
        return ()
    g = float(grad[0])
    if abs(g) < math.exp(-p):
        pair = -1.0, g * math.exp(p)
    else:
        pair = math.log(abs(g)) / p, math.copysign(1, g)
    return (pair,) + preprocess_gradient(grad[1:], p)


def walk(x, grad, node, weights, scale):
    """node is ((h, c), next node) for the first coordinate and all later ones."""
    if len(x) == 0:
        return (), None
    (h, c), rest = node or (((0,) * len(weights["W_out"]),) * 2, None)
    z, = preprocess_gradient(grad[:1])
    h, c = row_of_cell(z, h, c, weights)
    step = dot(h, [w[0] for w in weights["W_out"]]) + float(weights["b_out"][0])
    tail, rest = walk(x[1:], grad[1:], rest, weights, scale)
    return (float(x[0]) + scale * step,) + tail, ((h, c), rest)


def learned_step(x, grad, state, weights, scale=0.1):
    return walk(x, grad, state, weights, scale)
