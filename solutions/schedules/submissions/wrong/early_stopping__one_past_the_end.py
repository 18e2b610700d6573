"""Without a stop the number of epochs is returned, not the last epoch."""

def early_stopping(val_losses, patience=5, min_delta=0.0):
    best, best_epoch = np.inf, 0
    epoch = 0
    while epoch < len(val_losses):
        if val_losses[epoch] < best - min_delta:
            best, best_epoch = val_losses[epoch], epoch
        elif epoch - best_epoch >= patience:
            break
        epoch += 1
    return epoch, best_epoch
