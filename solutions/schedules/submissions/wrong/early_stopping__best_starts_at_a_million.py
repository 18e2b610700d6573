"""The best loss starts at a million."""

def early_stopping(val_losses, patience=5, min_delta=0.0):
    best, best_epoch = 1e6, 0
    for epoch, loss in enumerate(val_losses):
        if loss < best - min_delta:
            best, best_epoch = loss, epoch
        elif epoch - best_epoch >= patience:
            return epoch, best_epoch
    return len(val_losses) - 1, best_epoch
