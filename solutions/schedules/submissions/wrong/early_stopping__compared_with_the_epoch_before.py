"""Waiting starts again whenever a loss is below the one before it, best or not."""

def early_stopping(val_losses, patience=5, min_delta=0.0):
    best, best_epoch = np.inf, 0
    before, wait = np.inf, 0
    for epoch, loss in enumerate(val_losses):
        if loss < best - min_delta:
            best, best_epoch = loss, epoch
        wait = 0 if loss < before - min_delta else wait + 1
        if wait >= patience:
            return epoch, best_epoch
        before = loss
    return len(val_losses) - 1, best_epoch
