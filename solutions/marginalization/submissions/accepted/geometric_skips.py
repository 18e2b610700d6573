"""Which elements are dropped comes from gaps between them; averages by a state machine."""
import numpy as np


def dropout_moments(w, x, p):
    if not -0.0 <= p < 1.0:
        raise ValueError("p outside of [0, 1)")
    v = w * x
    return v.sum(), np.linalg.norm(np.sqrt(p / (1 - p)) * v) ** 2


def exact_average(f, x, p):
    if not -0.0 <= p < 1.0:
        raise ValueError("p outside of [0, 1)")
    stack, total = [(x / (1 - p), 0, 1.0)], 0.0
    while stack:
        point, i, weight = stack.pop()
        if i == len(x):
            total = total + weight * np.asarray(f(point))
            continue
        dropped = point.copy()
        dropped[i] = 0
        stack += [(point, i + 1, weight * (1 - p)), (dropped, i + 1, weight * p)]
    return total


def monte_carlo_average(f, x, p, rng, samples):
    if not -0.0 <= p < 1.0:
        raise ValueError("p outside of [0, 1)")
    kept = np.ones(samples * len(x))
    place = -1
    while p > 0:
        place += int(rng.geometric(p))
        if place >= len(kept):
            break
        kept[place] = 0
    values = np.array([f(row * x / (1 - p)) for row in kept.reshape(samples, len(x))])
    mean = np.add.reduce(values) / samples
    return mean, np.sqrt(np.add.reduce((values - mean) ** 2) / (samples - 1)) / np.sqrt(samples)


def geometric_mean_softmax(scores):
    running = scores[0].copy()
    for t, s in enumerate(scores[1:], start=2):
        running += (s - running) / t
    running -= running.max(axis=1, keepdims=True)
    return np.exp(running - np.log(np.exp(running).sum(axis=1, keepdims=True)))


def flip_average(predict, images):
    first = predict(images)
    return first + (predict(images[:, :, ::-1]) - first) / 2


def bagging_indices(n, rounds, rng):
    bags = []
    for _ in range(rounds):
        # counts from a Polya-free walk: binomials of what is left
        left, counts = n, []
        for i in range(n):
            counts.append(int(rng.binomial(left, 1 / (n - i))))
            left -= counts[-1]
        bags.append(([i for i, c in enumerate(counts) for _ in range(c)], [i for i, c in enumerate(counts) if not c]))
    return bags
