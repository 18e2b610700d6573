"""One input is counted too few, as in a sample variance."""

def calibrated_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, np.sqrt(1 / max(fan_in - 1, 1)), size=(fan_in, fan_out))
