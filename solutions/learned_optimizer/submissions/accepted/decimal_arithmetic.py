"""decimal.Decimal and a little Fraction inside, 30 digits; floats in lists come back, the state stays exact."""
from decimal import Decimal, localcontext
from fractions import Fraction

ONE = Decimal(1)


def exact(values):
    if hasattr(values, "__len__"):
        return [exact(v) for v in values]
    return values if isinstance(values, Decimal) else Decimal(float(values))


def rounded(values):
    return [rounded(v) for v in values] if isinstance(values, list) else float(values)


def sigmoid(v):
    e = (-abs(v)).exp()
    return ONE / (ONE + e) if v >= 0 else e / (ONE + e)


def tanh(v):
    return 2 * sigmoid(2 * v) - ONE


def dot(a, b):
    return sum((p * q for p, q in zip(a, b)), Decimal(0))


def exact_cell(z, h, c, w):
    W, U, b, d = (w[key] for key in ("W_ih", "W_hh", "b_ih", "b_hh"))
    hs, cs = [], []
    for zr, hr, cr in zip(z, h, c):
        a = [dot(W[r], zr) + dot(U[r], hr) + b[r] + d[r] for r in range(len(b))]
        n = len(hr)
        cs.append([sigmoid(a[n + u]) * cr[u] + sigmoid(a[u]) * tanh(a[2 * n + u]) for u in range(n)])
        hs.append([sigmoid(a[3 * n + u]) * tanh(cs[-1][u]) for u in range(n)])
    return hs, cs


def exact_features(grad, p):
    p = Decimal(float(p))
    for g in exact(grad):
        if abs(g) >= (-p).exp():
            yield [abs(g).ln() / p, Decimal(1).copy_sign(g)]
        else:
            yield [-ONE, p.exp() * g]


def lstm_cell(z, h, c, weights):
    with localcontext() as context:
        context.prec = 30
        hs, cs = exact_cell(exact(z), exact(h), exact(c), {key: exact(w) for key, w in weights.items()})
        return rounded(hs), rounded(cs)


def preprocess_gradient(grad, p=10.0):
    with localcontext() as context:
        context.prec = 30
        return rounded(list(exact_features(grad, p)))


def learned_step(x, grad, state, weights, scale=0.1):
    with localcontext() as context:
        context.prec = 30
        w = {key: exact(v) for key, v in weights.items()}
        zero = [[Decimal(0)] * len(w["W_out"]) for _ in x]
        h, c = state or (zero, zero)
        h, c = exact_cell(list(exact_features(grad, 10)), h, c, w)
        x_next = []
        for position, row in zip(x, h):
            step = dot(row, [column[0] for column in w["W_out"]]) + w["b_out"][0]
            x_next.append(float(Fraction(float(position)) + Fraction(float(scale)) * Fraction(step)))
        return x_next, (h, c)
