"""The student's sign function is +1 at zero, so weights that are exactly 0 get gradient lam."""


def l1(W, lam):
    penalty = lam * np.abs(W).sum()
    sign = np.where(W < 0, -1.0, 1.0)
    return penalty, lam * sign
