"""Test distributions, by statistics whose ranges a right sample leaves with a probability below 1e-9.

The statistics of one sample share that budget: a normal statistic may be 7.5 standard deviations off (6e-14 each), a
sum of squares within the Laurent-Massart bounds for e^-26 (5e-12), widened by a tenth because counts are only nearly
normal. Samples are chosen large enough to reject every wrong distribution that we know.

Laurent, Massart (2000), Adaptive estimation of a quadratic functional by model selection, lemma 1. Massart (1990), The
tight constant in the Dvoretzky-Kiefer-Wolfowitz inequality.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np


@dataclass(frozen=True, slots=True)
class Normal:
    """Independent draws from N(mean, std²), a matrix."""

    mean: float
    std: float


@dataclass(frozen=True, slots=True)
class Uniform:
    """Independent draws from the interval [low, high], a matrix."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bernoulli:
    """Independent ones with probability `p`, zeros otherwise, a matrix."""

    p: float


@dataclass(frozen=True, slots=True)
class Permutation:
    """Uniformly random orders of the whole numbers from 0, each a row that is read in groups of `group`.

    A vector is one order.
    """

    group: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Independent draws of one of `count` equally likely whole numbers from 0, a vector."""

    count: int


Distribution = Normal | Uniform | Bernoulli | Permutation | Choice

DEVIATIONS = 7.5
EXPONENT = 26.0
OUTSIDE = 10.0
QUANTILES = 32
POISSON = 22
PARTS = 8
ALIKE = 0.03  # relative distance at which a statistic is taken for that of another distribution
ROUNDING = 1e-6  # a draw in single precision may round to just beyond the bound


@dataclass(frozen=True, kw_only=True, slots=True)
class Moments:
    """The higher moments of a symmetric distribution with mean 0 and variance 1."""

    fourth: float
    sixth: float
    eighth: float


NORMAL = Moments(fourth=3.0, sixth=15.0, eighth=105.0)
UNIFORM = Moments(fourth=9 / 5, sixth=27 / 7, eighth=9.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Statistic:
    """A statistic of a sample, and the range in which it must lie."""

    name: str
    value: float
    low: float
    high: float


def statistic_outside(sample: np.ndarray, distribution: Distribution) -> Statistic | None:
    """Return the first statistic of a sample that is outside its range, or None where all are inside."""
    for found in _statistics(sample, distribution):
        if not found.low <= found.value <= found.high:
            return found
    return None


def known_instead(found: Statistic, distribution: Distribution) -> str:
    """Return the well-known quantity that has such a statistic, if the statistic is out of range; else nothing."""
    others: dict[str, float] = {}
    if isinstance(distribution, Bernoulli) and found.name == "share":
        p = distribution.p
        others = {"1 - p": 1 - p, "standard normal numbers below p": NormalDist().cdf(p)}
    elif isinstance(distribution, Normal) and found.name == "standard deviation":
        std = distribution.std
        others = {
            "a standard deviation that was squared": std**2,
            "a standard deviation of which the root was taken": math.sqrt(std),
        }
    near = [name for name, value in others.items() if abs(found.value - value) <= ALIKE * value]
    told_apart = [name for name in near if not found.low <= others[name] <= found.high]
    return told_apart[0] if len(told_apart) == 1 else ""


def scores(sample: np.ndarray, distribution: Distribution) -> tuple[float, ...]:
    """Return each statistic's distance from the middle of its range, in units of half the range.

    If the range is open to one side, 0 means inside, and `OUTSIDE` outside. For a continuous sample, mean and spread
    come first, in units of their random variation; the other statistics are those of the standardized sample.
    """
    with np.errstate(all="ignore"):
        if isinstance(distribution, Normal | Uniform) and _has_spread(sample):
            return _scores_of_continuous(sample, distribution)
        found = [_score(each) for each in _statistics(sample, distribution)]
        # Which choice is the only one is left to chance.
        if isinstance(distribution, Choice) and np.ptp(sample) == 0:
            return (*sorted(found[: distribution.count]), *found[distribution.count :])
        return tuple(found)


def _has_spread(sample: np.ndarray) -> bool:
    """Say whether a sample can be standardized; it may have numbers of any size."""
    standard = (sample - sample.mean()) / sample.std()
    return bool(np.isfinite(standard).all() and _fourth(standard) > 0)


def _fourth(standard: np.ndarray) -> float:
    square = standard * standard  # products, because powers are ten times slower
    return float(np.mean(square * square))


def _scores_of_continuous(sample: np.ndarray, distribution: Normal | Uniform) -> tuple[float, ...]:
    if isinstance(distribution, Normal):
        mean, std, moments = distribution.mean, distribution.std, NORMAL
    else:
        width = distribution.high - distribution.low
        mean, std, moments = (distribution.low + distribution.high) / 2, width / math.sqrt(12), UNIFORM
    standard = (sample - sample.mean()) / sample.std()
    unit = DEVIATIONS / math.sqrt(sample.size)
    location = float((sample.mean() - mean) / sample.std()) / unit
    spread = math.log(float(sample.std()) / std) / (unit * math.sqrt(_fourth(standard) / 4))
    shape = _continuous(standard, mean=0.0, std=1.0, moments=moments)
    return location, spread, *(_score(found) for found in shape)


def _score(found: Statistic) -> float:
    middle, half = (found.low + found.high) / 2, (found.high - found.low) / 2
    if math.isfinite(half) and math.isfinite(found.value):
        return (found.value - middle) / half
    return 0.0 if found.low <= found.value <= found.high else OUTSIDE


def _statistics(sample: np.ndarray, distribution: Distribution) -> Iterator[Statistic]:
    if isinstance(distribution, Normal):
        yield from _continuous(sample, mean=distribution.mean, std=distribution.std, moments=NORMAL)
        yield _farthest(np.abs(sample - distribution.mean) / distribution.std)
        yield _distance(sample, NormalDist(distribution.mean, distribution.std).inv_cdf)
    elif isinstance(distribution, Uniform):
        yield from _extremes(sample, distribution)
        width = distribution.high - distribution.low
        yield from _continuous(
            sample, mean=(distribution.low + distribution.high) / 2, std=width / math.sqrt(12), moments=UNIFORM
        )
        yield _distance(sample, lambda share: distribution.low + share * width)
    elif isinstance(distribution, Bernoulli):
        yield from _binary(sample, distribution.p)
    elif isinstance(distribution, Choice):
        yield from _choices(sample, distribution.count)
    else:
        yield from _order(sample, distribution)


def _extremes(sample: np.ndarray, distribution: Uniform) -> Iterator[Statistic]:
    """Expect the extremes of uniform draws within the bounds, and as near to them as they are except with probability
    e^-26.
    """
    width = distribution.high - distribution.low
    room, gap = ROUNDING * width, EXPONENT / sample.size * width
    yield Statistic(
        name="smallest value", value=float(sample.min()), low=distribution.low - room, high=distribution.low + gap
    )
    yield Statistic(
        name="largest value", value=float(sample.max()), low=distribution.high - gap, high=distribution.high + room
    )


def _distance(sample: np.ndarray, quantile: Callable[[float], float]) -> Statistic:
    """Expect about the distribution's share of values below each of its quantiles, except with probability 2·e^-26 in
    total.
    """
    shares = np.arange(1, QUANTILES) / QUANTILES
    limits = [quantile(share) for share in shares.tolist()]
    below = np.searchsorted(np.sort(sample, axis=None), limits, side="right") / sample.size
    largest = float(np.abs(below - shares).max())
    reach = math.sqrt(EXPONENT / (2 * sample.size))
    return Statistic(
        name="largest gap between the shares of values below a limit and the distribution's",
        value=largest,
        low=0.0,
        high=reach,
    )


def _continuous(sample: np.ndarray, *, mean: float, std: float, moments: Moments) -> Iterator[Statistic]:
    size, standard = sample.size, (sample - mean) / std
    square = standard * standard  # products, because powers are ten times slower
    yield _near("mean", float(sample.mean()), mean, std / math.sqrt(size))
    yield _near_root("standard deviation", float(square.mean()) * std**2, std, math.sqrt((moments.fourth - 1) / size))
    yield _near("skewness", float(np.mean(square * standard)), 0.0, math.sqrt(moments.sixth / size))
    reach = DEVIATIONS * math.sqrt((moments.eighth - moments.fourth**2) / size)
    # One draw far out in normal tails moves a mean of fourth powers farther than its standard deviation suggests.
    lone = _normal_tail(1e-12 / size) ** 4 / size if moments is NORMAL else 0.0
    low, high = moments.fourth - reach, moments.fourth + reach + lone
    yield Statistic(name="kurtosis", value=float(np.mean(square * square)), low=low, high=high)
    distinct = len(np.unique(np.abs(standard))) / size
    yield Statistic(name="share of values that differ from one another in size", value=distinct, low=0.9, high=1.0)
    yield _not_forced(float(standard.mean()), float(square.mean()))
    yield from _lengths(square, moments)
    yield from _independence(standard)


def _farthest(distances: np.ndarray) -> Statistic:
    """Expect the largest of normal deviations neither cut off (e^-26) nor impossibly large (1e-12)."""
    near, far = _normal_tail(EXPONENT / distances.size), _normal_tail(1e-12 / distances.size)
    return Statistic(
        name="largest deviation, in standard deviations,", value=float(distances.max()), low=near, high=far
    )


def _normal_tail(probability: float) -> float:
    """Return how many standard deviations a normal draw exceeds, to either side, with a probability."""
    return -NormalDist().inv_cdf(probability / 2)


def _not_forced(mean: float, square: float) -> Statistic:
    """Refuse a sample whose mean and spread are right to seven digits, which happens by chance once in 1e10 times."""
    return Statistic(
        name="distance from mean and spread", value=max(abs(mean), abs(square - 1)), low=1e-7, high=math.inf
    )


def _lengths(square: np.ndarray, moments: Moments) -> Iterator[Statistic]:
    """Expect lengths of rows and columns that vary; those of an orthogonal matrix, or of normalized ones, are equal."""
    for name, lines in (("row", square), ("column", square.T)):
        deviations = lines.sum(axis=1) - lines.shape[1]
        variance = lines.shape[1] * (moments.fourth - 1)
        yield Statistic(
            name=f"variation of length from {name} to {name}",
            value=float(np.mean(deviations * deviations)) / variance,
            low=_least_mean_square(len(lines)),
            high=math.inf,
        )


def _binary(sample: np.ndarray, p: float) -> Iterator[Statistic]:
    std = math.sqrt(p * (1 - p))
    yield _near("share", float(sample.mean()), p, std / math.sqrt(sample.size))
    yield from _independence((sample - p) / std)


def _choices(sample: np.ndarray, count: int) -> Iterator[Statistic]:
    """Expect equal shares, and draws that are independent of the next three, and of the one half the sample later."""
    hits = np.equal(sample, np.arange(count).reshape(-1, 1))  # (count, draws)
    share, size = 1 / count, sample.size
    standard = (hits - share) / math.sqrt(share * (1 - share))
    for number, hit in enumerate(hits):
        yield _near(f"share of choice {number}", float(hit.mean()), share, math.sqrt(share * (1 - share) / size))
    surplus = float(np.sum((hits.sum(axis=1) - size * share) ** 2)) / (size * share)
    scatter = _sum_of_squares("scatter of the shares", surplus, count - 1)
    # Equal counts have a probability of about (2π·size/count)^(−(count − 1)/2): where that is below e^-26, they are
    # dealt out, not drawn.
    if (count - 1) / 2 * math.log(2 * math.pi * size * share) > EXPONENT:
        scatter = replace(scatter, low=max(scatter.low, _least_mean_square(count - 1)))
    yield scatter
    later = {"next": 1, "second next": 2, "third next": 3, "one half the draws later": size // 2}
    for name, lag in later.items():
        first, second = standard[:, : size - lag], standard[:, lag:]
        # Summed over the choices, a pair's product has the variance 1/(count − 1) of one choice's in a fair draw.
        agreement = float(np.mean(first * second))
        yield _near(f"agreement of a draw with the {name}", agreement, 0.0, 1 / math.sqrt((count - 1) * first.shape[1]))


def _independence(standard: np.ndarray) -> Iterator[Statistic]:
    """Expect uncorrelated neighbors, and sums over rows and columns that vary like those of independent terms."""
    for name, lines in (("row", standard), ("column", standard.T)):
        ahead, behind = lines[1:], lines[:-1]
        correlation = float(np.mean(ahead * behind))
        yield _near(f"correlation of one {name} with the next", correlation, 0.0, 1 / math.sqrt(ahead.size))
        scatter = float(np.sum(np.sum(lines, axis=1) ** 2)) / lines.shape[1]
        yield _sum_of_squares(f"scatter from {name} to {name}", scatter, len(lines))
        half = len(lines) // 2
        if half:
            first, second = lines[:half], lines[half : 2 * half]
            for partner in (second, second[::-1, ::-1]):
                correlation = float(np.mean(first * partner))
                yield _near("correlation of one half with the other", correlation, 0.0, 1 / math.sqrt(first.size))


def _order(sample: np.ndarray, distribution: Permutation) -> Iterator[Statistic]:
    """Expect orders in which positions, neighbors and displacements of indices are independent."""
    count, size = np.atleast_2d(sample).shape
    # A student's number must not be used as an index.
    orders = np.clip(np.nan_to_num(np.atleast_2d(sample)), 0, size - 1)
    standard = (orders - orders.mean()) / orders.std()
    start = np.arange(size)
    place = (start - start.mean()) / start.std()
    tolerance = 1 / math.sqrt(count * (size - 1))
    yield _near("correlation of an index with its place", float(np.mean(standard * place)), 0.0, tolerance)
    neighbors = float(np.mean(standard[:, 1:] * standard[:, :-1]))
    yield _near("correlation of an index with the next", neighbors, 0.0, tolerance)
    # In one order, the number of neighbors at some distance is nearly Poisson with at most 2, that of indices at their
    # own place with 1: more than 22 happens once in 1e16 times.
    distances = max(int(np.bincount(np.abs(np.diff(order)).astype(np.int64)).max()) for order in orders)
    yield Statistic(name="number of neighbors at one distance", value=distances, low=0, high=POISSON)
    stayed = int(np.count_nonzero(orders == start, axis=1).max())
    yield Statistic(name="number of indices that stayed at their place", value=stayed, low=0, high=POISSON)
    deviation = math.sqrt((size + 1) / (12 * count))  # of an Eulerian number of the size
    ahead = np.count_nonzero(orders > start) / count
    yield _near("number of indices that moved ahead", ahead, (size - 1) / 2, deviation)
    for name, each in (("an index", orders), ("a place", np.argsort(orders, axis=1))):
        ascents = np.count_nonzero(np.diff(each, axis=1) > 0) / count
        yield _near(f"number of times that {name} is followed by a larger one", ascents, (size - 1) / 2, deviation)
    groups = standard[:, : size - size % distribution.group].reshape(-1, distribution.group)
    scatter = float(np.sum(np.sum(groups, axis=1) ** 2)) / distribution.group
    yield _sum_of_squares("scatter from batch to batch", scatter, len(groups))
    parts = min(PARTS, size)
    met = (orders * parts // size * parts + start * parts // size).astype(np.int64)
    met += parts**2 * np.arange(count).reshape(-1, 1)
    counts = np.bincount(met.ravel(), minlength=count * parts**2)
    scatter = float(np.sum((counts - size / parts**2) ** 2)) / (size / parts**2)
    yield _sum_of_squares("scatter of where a part of the indices goes", scatter, count * (parts - 1) ** 2)


def _near(name: str, value: float, expected: float, deviation: float) -> Statistic:
    reach = DEVIATIONS * deviation
    return Statistic(name=name, value=value, low=expected - reach, high=expected + reach)


def _near_root(name: str, square: float, expected: float, deviation: float) -> Statistic:
    """Judge a root mean square by its square, whose relative deviation is given."""
    reach = DEVIATIONS * deviation
    low, high = expected * math.sqrt(max(0.0, 1 - reach)), expected * math.sqrt(1 + reach)
    return Statistic(name=name, value=math.sqrt(square), low=low, high=high)


def _sum_of_squares(name: str, value: float, terms: int) -> Statistic:
    spread = 2 * math.sqrt(terms * EXPONENT)
    low, high = (terms - spread) / 1.1, (terms + spread + 2 * EXPONENT) * 1.1
    return Statistic(name=name, value=value / terms, low=max(0.0, low / terms), high=high / terms)


def _least_mean_square(terms: int) -> float:
    """Return what a mean of squares of normal deviations is below with a probability below e^-26 (Chernoff)."""
    return math.exp(-1 - 2 * EXPONENT / terms)
