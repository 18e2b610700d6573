"""A best loss of 0 is taken for one that is missing."""

def early_stopping(val_losses, patience=5, min_delta=0.0):
    best, best_epoch = None, 0
    for epoch, loss in enumerate(val_losses):
        if not best or loss < best - min_delta:
            best, best_epoch = loss, epoch
        elif epoch - best_epoch >= patience:
            return epoch, best_epoch
    return len(val_losses) - 1, best_epoch
