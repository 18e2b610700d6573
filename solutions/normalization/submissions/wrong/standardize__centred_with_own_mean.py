"""Scales with the given std, but centres x with the mean of x."""

def standardize(x, mean, std):
    centred = x - np.mean(x, axis=0)
    out = np.zeros_like(centred)
    ok = std != 0
    out[:, ok] = centred[:, ok] / std[ok]
    return out
