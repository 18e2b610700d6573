"""float32, and every variance as a mean of squares less the square of the mean."""
import itertools

import numpy as np

single = np.float32


def check(p):
    if p < 0 or p >= 1 or p != p:
        raise ValueError(f"p = {p}")


def dropout_moments(w, x, p):
    check(p)
    terms = single(w) * single(x)
    # of one term: E[m] = 1, E[m^2] = 1/(1-p)
    return terms.sum(), (terms ** 2 / single(1 - p) - terms ** 2).sum()


def exact_average(f, x, p):
    check(p)
    average = 0
    for mask in itertools.product([False, True], repeat=len(x)):
        weight = np.prod([1 - p if kept else p for kept in mask])
        average = average + single(weight) * np.asarray(f(x * mask / (1 - p)), dtype=single)
    return average


def monte_carlo_average(f, x, p, rng, samples):
    check(p)
    total, squares = 0, 0
    for _ in range(samples):
        kept = rng.random(len(x), dtype=single) >= p
        value = np.asarray(f(x * kept / (1 - p)), dtype=single)
        total = total + value
        squares = squares + value * value
    mean = total / samples
    variance = (squares / samples - mean ** 2) * samples / (samples - 1)
    return mean, np.sqrt(variance / samples)


def geometric_mean_softmax(scores):
    logits = np.mean(scores.astype(single), axis=0)
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def flip_average(predict, images):
    both = single(predict(images)), single(predict(images[:, :, ::-1]))
    return (both[0] + both[1]) / 2


def bagging_indices(n, rounds, rng):
    bags = []
    for _ in range(rounds):
        drawn = (rng.random(n) * n).astype(int)
        bags.append((drawn, [i for i in range(n) if i not in set(drawn.tolist())]))
    return bags
