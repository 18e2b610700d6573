"""Averages over noise, exact and sampled; lecture topic "add some random noise during train and marginalize it"."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np


def dropout_moments(w: np.ndarray, x: np.ndarray, p: float) -> tuple[float, float]:
    """Return mean and variance of what a linear unit gives under dropout.

    w, x (D,): weights and inputs.
    p: the probability of dropping, 0 ≤ p < 1.

    Returns (mean, variance) over all masks m of Σ wᵢ xᵢ mᵢ, where every mᵢ on its own is 0 with
    probability p and 1/(1−p) otherwise (inverted dropout).
    Raises ValueError for p outside of [0, 1).

    Source: Wager, Wang and Liang 2013, "Dropout Training as Adaptive Regularization".
    """
    raise NotImplementedError


def exact_average(f: Callable[[np.ndarray], Any], x: np.ndarray, p: float) -> Any:
    """Return the mean of f(x∘m) over all masks m, each weighed by its probability.

    f: takes an array (D,), returns a number or an array, always of one shape; pure, and finite
        for every mask.
    x (D,): 1 ≤ D ≤ 10, so there are 2^D masks.
    p: the probability of dropping, 0 ≤ p < 1.

    Returns the mean, of the shape of what f returns. A mask's elements are 0 with probability p
    and 1/(1−p) otherwise, each on its own.
    Raises ValueError for p outside of [0, 1).

    Source: Srivastava et al. 2014, "Dropout: A Simple Way to Prevent Neural Networks from
    Overfitting", section 1: a network with n units is 2^n thinned networks.
    """
    raise NotImplementedError


def monte_carlo_average(
    f: Callable[[np.ndarray], Any], x: np.ndarray, p: float, rng: np.random.Generator, samples: int
) -> tuple[Any, Any]:
    """Estimate the mean of f(x∘m) over all masks m from random ones, and say how sure that is.

    f: takes an array (D,), returns a number or an array, always of one shape; pure, and finite
        for every mask.
    x (D,): any D ≥ 1.
    p: the probability of dropping, 0 ≤ p < 1.
    rng: the only source of randomness.
    samples: N independent masks, at least 2.

    Returns (mean, standard_error), both of the shape of what f returns.
    Raises ValueError for p outside of [0, 1).

    Formula: mean over the N values; their standard deviation (divided by N − 1 below the root),
    divided by √N.

    Source: Gal and Ghahramani 2016, "Dropout as a Bayesian Approximation".
    """
    raise NotImplementedError


def geometric_mean_softmax(scores: np.ndarray) -> np.ndarray:
    """Return the normalized geometric mean of the softmaxes of several passes.

    scores (T, N, C): T passes, N examples, C classes; |score| ≤ 1000.

    Returns probabilities (N, C), each row with the sum 1.

    Formula: for each example the geometric mean over the passes of softmax(scores), class by
    class, divided by its sum over the classes. All results are finite, whatever the scores.

    Source: Hinton et al. 2012, "Improving neural networks by preventing co-adaptation of feature
    detectors".
    """
    raise NotImplementedError


def flip_average(predict: Callable[[np.ndarray], np.ndarray], images: np.ndarray) -> np.ndarray:
    """Average a network's predictions of images and of their mirror images.

    predict: takes images, returns predictions (N, K), each example by itself.
    images (N, H, W, C).

    Returns the mean of the predictions of both, (N, K); mirrored means left-right.

    Source: Krizhevsky et al. 2012, "ImageNet Classification with Deep Convolutional Neural
    Networks", section 4.1.
    """
    raise NotImplementedError


def bagging_indices(n: int, rounds: int, rng: np.random.Generator) -> list[tuple[np.ndarray, np.ndarray]]:
    """Draw the training sets of an ensemble, and what each of them leaves out.

    n: the number of examples, at least 1.
    rounds: the number of training sets, at least 0.
    rng: the only source of randomness.

    Returns a list of `rounds` pairs (indices, out_of_bag): n draws with replacement from
    0 … n−1, in any order; and those of 0 … n−1 that were not drawn, in ascending order (there
    may be none).

    Source: Breiman 1996, "Bagging Predictors".
    """
    raise NotImplementedError
