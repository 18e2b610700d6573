"""Half of the weights come from a generator of their own."""

def xavier_uniform(fan_in, fan_out, rng, gain=1.0):
    bound = gain * np.sqrt(6 / (fan_in + fan_out))
    W = rng.uniform(-bound, bound, size=(fan_in, fan_out))
    half = fan_in // 2
    W[:half] = np.random.default_rng(7).uniform(-bound, bound, size=(half, fan_out))
    return W
