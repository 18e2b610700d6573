"""The student never sets the count of bad epochs back to zero after an improvement."""


def early_stopping(val_losses, patience=5, min_delta=0.0):
    best_loss = np.inf
    best_epoch = 0
    wait = 0
    for epoch, loss in enumerate(val_losses):
        if loss < best_loss - min_delta:
            best_loss = loss
            best_epoch = epoch
        else:
            wait += 1
        if wait >= patience:
            return epoch, best_epoch
    return len(val_losses) - 1, best_epoch
