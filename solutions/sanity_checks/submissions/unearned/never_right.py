"""No gradient is right; every rate is too high."""


# earns nothing: gradient_is_right, diagnose_curve
def gradient_is_right(f, grad, x, rng, directions=5):
    return False


def diagnose_curve(train_loss, val_loss):
    return "too_high"
