"""What is drawn, from generators old and new."""

import random
import secrets

import numpy as np
import numpy.random as npr
from numpy.random import PCG64, Generator, RandomState, default_rng

npr.seed(3)
AT_IMPORT = npr.rand(3)


def generator_continuous():
    rng = default_rng(1)
    draws = [
        rng.random(), rng.uniform(-1, 1), rng.normal(2, 3), rng.standard_normal(), rng.exponential(2), rng.gamma(2.0),
        rng.beta(2, 3), rng.laplace(), rng.logistic(), rng.lognormal(), rng.standard_t(5), rng.chisquare(3),
        rng.f(3, 9), rng.gumbel(), rng.pareto(3), rng.power(2), rng.rayleigh(), rng.standard_cauchy(),
        rng.triangular(0, 1, 3), rng.vonmises(0, 1), rng.wald(1, 2), rng.weibull(2), rng.noncentral_chisquare(3, 2),
    ]
    return draws


def generator_discrete():
    rng = Generator(PCG64(5))
    return [
        *rng.integers(0, 10, 5), rng.binomial(10, 0.3), rng.poisson(4), rng.geometric(0.2), *rng.permutation(6),
        rng.negative_binomial(3, 0.4), rng.hypergeometric(5, 6, 4), *rng.multinomial(9, [0.2, 0.3, 0.5]),
        rng.logseries(0.6), rng.zipf(3), *rng.choice(8, 3, replace=False), *rng.choice(3, 4, p=[0.1, 0.2, 0.7]),
    ]


def generator_vectors():
    rng = np.random.default_rng(seed=9)
    order = np.arange(7)
    rng.shuffle(order)
    return [
        *order, *rng.dirichlet([1, 2, 3]), *rng.multivariate_normal([0, 1], [[2, 0.5], [0.5, 1]]), *rng.bytes(4),
        *rng.permuted(np.arange(4)), *rng.standard_normal(2, dtype=np.float32), *rng.spawn(2)[1].random(2),
    ]


def legacy():
    np.random.seed(0)
    order = list(range(5))
    np.random.shuffle(order)
    return [
        *np.random.rand(2), *np.random.randn(2), *np.random.randint(0, 9, 3), np.random.normal(1, 2), *order,
        np.random.uniform(0, 3), np.random.binomial(5, 0.5), *np.random.permutation(4), *np.random.choice(5, 2),
        np.random.random(), np.random.random_sample(), np.random.exponential(), np.random.beta(1, 2), npr.poisson(3),
        np.random.standard_normal(), np.random.gamma(2), npr.laplace(), *npr.multinomial(4, [0.5, 0.5]),
    ]


def legacy_state():
    state = RandomState(7)
    kept = state.get_state()
    first = state.randn(2)
    state.set_state(kept)
    return [*first, *state.randn(2), *state.tomaxint(2)]


def seeded_at_import():
    return AT_IMPORT


def seed_sequences():
    children = np.random.SeedSequence(42).spawn(2)
    others = [np.random.Philox(3), np.random.SFC64(3), np.random.MT19937(3)]
    return [np.random.default_rng(each).random() for each in (*children, *others)]


def pythons_own():
    random.seed(12)
    own = random.Random("text")
    order = list("abcdef")
    own.shuffle(order)
    return [
        random.random(), random.gauss(0, 1), random.randint(1, 6), random.uniform(1, 2), *random.sample(range(9), 3),
        *random.choices([1, 2], [3, 4], k=4), own.normalvariate(0, 1), own.betavariate(1, 2), *map(ord, order),
        own.choice([3, 5]), own.getrandbits(8), own.triangular(0, 1), own.expovariate(2),
    ]


def unseeded():
    """Draws that nobody can foretell lie where they must."""
    draws = np.random.default_rng().random(100)
    return [0 <= draws.min(), draws.max() < 1, np.unique(draws).size, len(secrets.token_bytes(5)), random.SystemRandom().random() < 1]
