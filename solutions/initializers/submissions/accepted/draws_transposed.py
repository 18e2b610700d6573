"""Unusual: draws (fan_out, fan_in) as PyTorch stores it and transposes: results are Fortran-ordered or strided views."""
import numpy as np


def torch_shape(fan_in, fan_out):
    return (fan_out, fan_in)


def zeros(fan_in, fan_out):
    return np.zeros(torch_shape(fan_in, fan_out)).transpose()


def small_normal(fan_in, fan_out, rng, std=0.01):
    return rng.normal(0.0, std, torch_shape(fan_in, fan_out)).T


def calibrated_normal(fan_in, fan_out, rng):
    weight = rng.standard_normal(torch_shape(fan_in, fan_out))
    weight /= np.sqrt(weight.shape[1])  # the second axis is the fan-in here
    return weight.swapaxes(0, 1)


def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    std = gain * np.sqrt(2.0 / (fan_in + fan_out))
    bound = np.sqrt(3.0) * std
    weight = rng.uniform(-bound, bound, size=torch_shape(fan_in, fan_out))
    return np.moveaxis(weight, 0, 1)


def xavier_normal(fan_in, fan_out, rng, gain=1.0):
    std = gain * np.sqrt(2.0 / (fan_in + fan_out))
    # every second number of a longer draw, backwards
    long = rng.normal(0.0, std, (fan_out, 2 * fan_in))
    return long[::-1, ::-2].T


def _correct_fan(weight_shape, mode):
    out_features, in_features = weight_shape
    match mode:
        case "fan_in":
            return in_features
        case "fan_out":
            return out_features
        case _:
            raise ValueError(f"Mode {mode} not supported")


def kaiming_uniform(fan_in, fan_out, rng, mode="fan_in"):
    shape = torch_shape(fan_in, fan_out)
    bound = np.sqrt(2.0) * np.sqrt(3.0 / _correct_fan(shape, mode))
    return np.asfortranarray(rng.uniform(-bound, bound, shape[::-1]))


def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    shape = torch_shape(fan_in, fan_out)
    std = np.sqrt(2.0 / _correct_fan(shape, mode))
    weight = np.einsum("oi->io", rng.standard_normal(shape))
    return weight * std


def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    w = np.array([mean_w**2, var_w, var_w])
    x = np.array([var_x, mean_x**2, var_x])
    return np.einsum("k,k->", w, x) * np.float64(fan_in)
