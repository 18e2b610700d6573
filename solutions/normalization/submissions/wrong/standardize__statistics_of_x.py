"""Computes the statistics afresh from x and ignores those it is given."""

def standardize(x, mean, std):
    mean = x.mean(axis=0)
    std = x.std(axis=0)
    std_safe = np.where(std == 0, 1, std)
    return (x - mean) / std_safe
