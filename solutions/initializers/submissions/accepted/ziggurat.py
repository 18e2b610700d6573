"""Marsaglia's ziggurat by hand, 128 layers whose edge is found by bisection; one draw at a time."""
import math
import numpy as np

LAYERS = 128


def _edges():
    def build(r):
        area = r * math.exp(-r * r / 2) + math.sqrt(math.pi / 2) * math.erfc(r / math.sqrt(2))
        x = [area / math.exp(-r * r / 2), r]
        while len(x) < LAYERS:
            height = area / x[-1] + math.exp(-x[-1] ** 2 / 2)
            if height >= 1:
                return None, x                           # too much area: r is too small
            x.append(math.sqrt(-2 * math.log(height)))
        top = area / x[-1] + math.exp(-x[-1] ** 2 / 2)
        return top, x + [0.0]

    low, high = 3.0, 4.0
    for _ in range(200):
        r = (low + high) / 2
        top, x = build(r)
        if top is None or top > 1:
            low = r
        else:
            high = r
    return build(high)[1]


X = _edges()
Y = [math.exp(-x * x / 2) for x in X]
R = X[1]


def _tail(random):
    while True:
        a = -math.log(1.0 - random()) / R
        b = -math.log(1.0 - random())
        if 2 * b > a * a:
            return R + a


def _normal(random):
    while True:
        u = random() * (2 * LAYERS)
        k = int(u)
        sign, layer = (1, k) if k < LAYERS else (-1, k - LAYERS)
        x = (u - k) * X[layer]
        if x < X[layer + 1]:
            return sign * x
        if layer == 0:
            return sign * _tail(random)
        if Y[layer] + random() * (Y[layer + 1] - Y[layer]) < math.exp(-x * x / 2):
            return sign * x


def zeros(fan_in, fan_out):
    return np.full((fan_in, fan_out), 0.0)


def small_normal(fan_in, fan_out, rng, std=0.01):
    W = np.empty((fan_in, fan_out))
    for j in range(fan_out):                             # column by column
        for i in range(fan_in):
            W[i, j] = std * _normal(rng.random)
    return W


def calibrated_normal(fan_in, fan_out, rng):
    return small_normal(fan_in, fan_out, rng, 1 / math.sqrt(fan_in))


def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    return small_normal(fan_in, fan_out, rng, gain / math.sqrt((fan_in + fan_out) / 2))


def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    return small_normal(fan_in, fan_out, rng, math.sqrt(2 / _fan(mode, fan_in, fan_out)))


def _fan(mode, fan_in, fan_out):
    fans = dict(fan_in=fan_in, fan_out=fan_out)
    if not isinstance(mode, str) or mode not in fans:
        raise ValueError("mode is 'fan_in' or 'fan_out'")
    return fans[mode]


def _uniform(fan_in, fan_out, rng, a):
    W = np.empty((fan_in, fan_out))
    for j in range(fan_out):
        for i in range(fan_in):
            W[i, j] = a * (2 * rng.random() - 1)
    return W


def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    return _uniform(fan_in, fan_out, rng, gain * math.sqrt(6 / (fan_in + fan_out)))


def kaiming_uniform(fan_in, fan_out, rng, mode="fan_in"):
    return _uniform(fan_in, fan_out, rng, math.sqrt(6 / _fan(mode, fan_in, fan_out)))


def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    return math.fsum(fan_in * term for term in (mean_w ** 2 * var_x, mean_x ** 2 * var_w, var_x * var_w))
