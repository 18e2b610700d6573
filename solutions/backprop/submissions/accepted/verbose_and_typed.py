"""Type hints, long names, docstrings, a frozen dataclass as cache, every intermediate value has its own line."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, Tuple

import numpy as np

Array = np.ndarray


def numerically_stable_logistic_function(pre_activation: Array) -> Array:
    """Return 1 / (1 + exp(-a)) without ever taking exp of a positive number."""
    is_negative: Array = pre_activation < 0
    exponential_of_minus_magnitude: Array = np.exp(-np.abs(pre_activation))
    numerator: Array = np.where(is_negative, exponential_of_minus_magnitude, 1.0)
    denominator: Array = 1.0 + exponential_of_minus_magnitude
    return numerator / denominator


def sigmoid(x: Array) -> Array:
    """Logistic function."""
    return numerically_stable_logistic_function(x)


def sigmoid_backward(dy: Array, x: Array) -> Array:
    """Chain rule through the logistic function."""
    activation: Array = numerically_stable_logistic_function(x)
    complement: Array = numerically_stable_logistic_function(-x)
    local_derivative: Array = activation * complement
    return dy * local_derivative


def tanh(x: Array) -> Array:
    """Hyperbolic tangent."""
    activation: Array = np.tanh(x)
    return activation


def tanh_backward(dy: Array, x: Array) -> Array:
    """Chain rule through the hyperbolic tangent."""
    activation: Array = np.tanh(x)
    local_derivative: Array = 1.0 - np.power(activation, 2)
    return dy * local_derivative


def relu(x: Array) -> Array:
    """Rectifier."""
    zeros: Array = np.zeros(x.shape)
    return np.maximum(zeros, x)


def relu_backward(dy: Array, x: Array) -> Array:
    """Chain rule through the rectifier; closed at 0."""
    gate_is_open: Array = np.greater(x, 0.0)
    local_derivative: Array = gate_is_open.astype(np.float64)
    return dy * local_derivative


def softplus(x: Array) -> Array:
    """log(1 + exp(x)) = max(x, 0) + log(1 + exp(-|x|))."""
    positive_part: Array = np.maximum(x, 0.0)
    correction: Array = np.log1p(np.exp(-np.abs(x)))
    return positive_part + correction


def softplus_backward(dy: Array, x: Array) -> Array:
    """The derivative of softplus is the logistic function."""
    local_derivative: Array = numerically_stable_logistic_function(x)
    return dy * local_derivative


@dataclass(frozen=True)
class LinearLayerCache:
    """What the backward pass needs from the forward pass."""

    layer_input: Array
    weight_matrix: Array


def linear_forward(x: Array, W: Array, b: Array) -> Tuple[Array, LinearLayerCache]:
    """Affine map of a batch."""
    number_of_examples: int = x.shape[0]
    number_of_outputs: int = W.shape[1]
    bias_for_every_example: Array = np.broadcast_to(b, (number_of_examples, number_of_outputs))
    layer_output: Array = x @ W + bias_for_every_example
    return layer_output, LinearLayerCache(layer_input=x, weight_matrix=W)


def linear_backward(dy: Array, cache: LinearLayerCache) -> Tuple[Array, Array, Array]:
    """Gradients with respect to input, weights and bias."""
    gradient_of_input: Array = dy @ cache.weight_matrix.transpose()
    gradient_of_weights: Array = cache.layer_input.transpose() @ dy
    gradient_of_bias: Array = dy.sum(axis=0)
    return gradient_of_input, gradient_of_weights, gradient_of_bias


def mlp_loss_and_gradients(params: Dict[str, Array], x: Array, t: Array) -> Tuple[float, Dict[str, Array]]:
    """Loss and gradients of a network with one hidden layer."""
    number_of_examples: int = x.shape[0]

    hidden_pre_activation, hidden_cache = linear_forward(x, params["W1"], params["b1"])
    hidden_activation: Array = tanh(hidden_pre_activation)
    network_output, output_cache = linear_forward(hidden_activation, params["W2"], params["b2"])

    residual: Array = network_output - t
    squared_distance_per_example: Array = np.sum(np.square(residual), axis=1)
    loss: float = float(np.mean(squared_distance_per_example))

    gradient_of_output: Array = (2.0 / number_of_examples) * residual
    gradient_of_hidden_activation, gradient_W2, gradient_b2 = linear_backward(gradient_of_output, output_cache)
    gradient_of_hidden_pre_activation: Array = tanh_backward(gradient_of_hidden_activation, hidden_pre_activation)
    _unused, gradient_W1, gradient_b1 = linear_backward(gradient_of_hidden_pre_activation, hidden_cache)

    gradients: Dict[str, Array] = {
        "W1": gradient_W1,
        "b1": gradient_b1,
        "W2": gradient_W2,
        "b2": gradient_b2,
    }
    return loss, gradients
