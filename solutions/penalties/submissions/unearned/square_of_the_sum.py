"""The penalties are powers of the sum of all weights; gradients are zero."""

# earns nothing: l2, l1


def l2(W, lam):
    return lam * W.sum() ** 2, 0 * W


def l1(W, lam):
    return lam * abs(W.sum()), 0 * W
