"""The best epoch is looked for in all losses, also in those after the stop."""

def early_stopping(val_losses, patience=5, min_delta=0.0):
    best, wait = np.inf, 0
    stop_epoch = len(val_losses) - 1
    for epoch, loss in enumerate(val_losses):
        if loss < best - min_delta:
            best, wait = loss, 0
        else:
            wait += 1
        if wait >= patience:
            stop_epoch = epoch
            break
    return stop_epoch, int(np.argmin(val_losses))
