"""Returns words that nobody asked for."""


def diagnose_curve(train_loss, val_loss):
    if not np.isfinite([*train_loss, *val_loss]).all() or train_loss[-1] > train_loss[0]:
        return "too high"
    if train_loss[-1] > 0.9 * train_loss[0]:
        return "too low"
    return "overfitting" if val_loss[-1] > 1.1 * min(val_loss) else "good"
