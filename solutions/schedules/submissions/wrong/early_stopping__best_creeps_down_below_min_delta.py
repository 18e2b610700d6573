"""The best loss also follows improvements smaller than min_delta, which then never add up."""

def early_stopping(val_losses, patience=5, min_delta=0.0):
    best, best_epoch = np.inf, 0
    for epoch, loss in enumerate(val_losses):
        if loss < best - min_delta:
            best_epoch = epoch
        elif epoch - best_epoch >= patience:
            return epoch, best_epoch
        best = min(best, loss)
    return len(val_losses) - 1, best_epoch
