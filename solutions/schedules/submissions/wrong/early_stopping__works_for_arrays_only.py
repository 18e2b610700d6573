"""Compares whole slices: right for an array of losses, a TypeError for a list of them."""

def early_stopping(val_losses, patience=5, min_delta=0.0):
    last = len(val_losses) - 1
    best_epoch = 0
    while best_epoch < last:
        window = val_losses[best_epoch + 1:best_epoch + 1 + patience]
        better = np.flatnonzero(window < val_losses[best_epoch] - min_delta)
        if len(better) == 0:
            return min(best_epoch + patience, last), best_epoch
        best_epoch += 1 + int(better[0])
    return last, best_epoch
