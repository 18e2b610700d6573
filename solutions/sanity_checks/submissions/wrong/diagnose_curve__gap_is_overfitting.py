"""A gap between the two losses counts as overfitting."""


def diagnose_curve(train_loss, val_loss):
    if not np.isfinite([*train_loss, *val_loss]).all() or train_loss[-1] > train_loss[0]:
        return "too_high"
    if train_loss[-1] > 0.9 * train_loss[0]:
        return "too_low"
    return "overfitting" if val_loss[-1] > 1.1 * train_loss[-1] else "good"
