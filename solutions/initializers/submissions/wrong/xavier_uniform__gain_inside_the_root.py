"""The student puts the gain under the square root, so the bound grows with sqrt(gain)."""


def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    limit = np.sqrt(gain * 6 / (fan_in + fan_out))
    W = 2 * limit * rng.random((fan_in, fan_out)) - limit
    return W
