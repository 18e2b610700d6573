"""Keeps the losses in a default list, which lives on into the next call."""

def early_stopping(val_losses, patience=5, min_delta=0.0, seen=[]):
    best_epoch = 0
    for epoch, loss in enumerate(val_losses):
        if not seen or loss < min(seen) - min_delta:
            best_epoch = epoch
            seen.append(loss)
        elif epoch - best_epoch >= patience:
            return epoch, best_epoch
    return len(val_losses) - 1, best_epoch
