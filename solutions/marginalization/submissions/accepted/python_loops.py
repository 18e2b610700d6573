"""Plain loops and lists, one number at a time."""
import math


def _ok(p):
    if p < 0 or p >= 1:
        raise ValueError("p")


def dropout_moments(w, x, p):
    _ok(p)
    mean = variance = 0.0
    for a, b in zip(w.tolist(), x.tolist()):
        mean += a * b
        variance += (a * b) ** 2 * p / (1 - p)
    return mean, variance


def exact_average(f, x, p):
    _ok(p)
    total = 0.0
    for number in range(2 ** len(x)):
        point, probability = np.zeros(len(x)), 1.0
        for i in range(len(x)):
            if number >> i & 1:
                point[i] = x[i] / (1 - p)
                probability *= 1 - p
            else:
                probability *= p
        total = total + probability * f(point)
    return total


def monte_carlo_average(f, x, p, rng, samples):
    _ok(p)
    values = []
    for _ in range(samples):
        point = np.zeros(len(x))
        for i in range(len(x)):
            if rng.random() >= p:
                point[i] = x[i] / (1 - p)
        values.append(np.array(f(point)))
    mean = sum(values) / samples
    square = sum((v - mean) ** 2 for v in values) / (samples - 1)
    return mean, np.sqrt(square) / math.sqrt(samples)


def geometric_mean_softmax(scores):
    T, N, C = scores.shape
    out = []
    for n in range(N):
        mean = [sum(scores[t, n, c] for t in range(T)) / T for c in range(C)]
        top = max(mean)
        powers = [math.exp(m - top) for m in mean]
        out.append([q / sum(powers) for q in powers])
    return out


def flip_average(predict, images):
    N, H, W, C = images.shape
    other = np.zeros(images.shape)
    for j in range(W):
        other[:, :, j] = images[:, :, W - 1 - j]
    return 0.5 * predict(images) + 0.5 * predict(other)


def bagging_indices(n, rounds, rng):
    bags = []
    for _ in range(rounds):
        drawn = [int(rng.integers(0, n)) for _ in range(n)]
        bags.append((drawn, [i for i in range(n) if i not in drawn]))
    return bags


import numpy as np
