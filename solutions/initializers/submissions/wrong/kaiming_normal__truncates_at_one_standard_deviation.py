"""The student clips the weights to one standard deviation, which lowers the variance and piles weights up at the ends."""


def kaiming_normal(fan_in, fan_out, rng, mode="fan_in"):
    if mode not in ("fan_in", "fan_out"):
        raise ValueError("mode must be fan_in or fan_out")
    fan = fan_in if mode == "fan_in" else fan_out
    sigma = (2.0 / fan) ** 0.5
    W = sigma * rng.standard_normal((fan_in, fan_out))
    # no outliers please
    W = np.clip(W, -sigma, sigma)
    return W
