"""Every gradient is right; every run goes well."""


# earns nothing: gradient_is_right, diagnose_curve
def gradient_is_right(f, grad, x, rng, directions=5):
    return True


def diagnose_curve(train_loss, val_loss):
    return "good"
