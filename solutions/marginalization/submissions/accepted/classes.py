"""Instances with __call__."""
import numpy as np


class Noise:
    def __init__(self, p):
        if p < 0 or not p < 1:
            raise ValueError("not a probability of dropping")
        self.p, self.scale = p, 1 / (1 - p)

    def __iter__(self):
        yield self.p, 0.0
        yield 1 - self.p, self.scale


class Moments:
    def __call__(self, w, x, p):
        noise = list(Noise(p))
        first = sum(q * m for q, m in noise)
        second = sum(q * m * m for q, m in noise)
        t = np.multiply(w, x)
        return first * t.sum(), (second - first**2) * np.dot(t, t)


class Exact:
    def __call__(self, f, x, p):
        noise = list(Noise(p))

        def over(prefix, weight):
            if len(prefix) == len(x):
                return weight * np.asarray(f(np.array(prefix)))
            return sum(over([*prefix, x[len(prefix)] * m], weight * q) for q, m in noise)

        return over([], 1.0)


class Sampled:
    def __call__(self, f, x, p, rng, samples):
        scale = Noise(p).scale
        first = second = 0.0
        for k in range(1, samples + 1):  # Welford
            value = np.array(f(x * scale * rng.binomial(1, 1 - p, size=x.shape)), dtype=float)
            delta = value - first
            first = first + delta / k
            second = second + delta * (value - first)
        return first, np.sqrt(second / (samples - 1) / samples)


class Geometric:
    def __call__(self, scores):
        logs = scores - np.logaddexp.reduce(scores, axis=2, keepdims=True)
        mean = np.mean(logs, axis=0)
        return np.exp(mean - np.logaddexp.reduce(mean, axis=1, keepdims=True))


class Flip:
    def __call__(self, predict, images):
        both = predict(np.concatenate([images, images[:, :, ::-1, :]]))
        return (both[: len(images)] + both[len(images) :]) / 2


class Bags:
    def __call__(self, n, rounds, rng):
        return [self.one(n, rng) for _ in range(rounds)]

    def one(self, n, rng):
        drawn = rng.choice(n, size=n, replace=True)
        return drawn, np.array(sorted(set(range(n)).difference(drawn.tolist())), dtype=int)


dropout_moments, exact_average, monte_carlo_average = Moments(), Exact(), Sampled()
geometric_mean_softmax, flip_average, bagging_indices = Geometric(), Flip(), Bags()
