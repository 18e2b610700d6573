"""NaN compares as false everywhere, and ends as good."""


def diagnose_curve(train_loss, val_loss):
    if max(train_loss) == np.inf or max(val_loss) == np.inf or train_loss[-1] > train_loss[0]:
        return "too_high"
    if train_loss[-1] > 0.9 * train_loss[0]:
        return "too_low"
    return "overfitting" if val_loss[-1] > 1.1 * min(val_loss) else "good"
