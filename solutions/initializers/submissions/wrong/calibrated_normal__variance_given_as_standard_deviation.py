"""The student hands 1/fan_in to rng.normal as if its second argument were the variance."""


def calibrated_normal(fan_in, fan_out, rng):
    var = 1.0 / fan_in
    return rng.normal(0, var, (fan_in, fan_out))
