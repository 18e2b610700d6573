"""Leaves out reductions smaller than 1e-8, as the framework does."""

def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    best, bad, lr = np.inf, 0, lr0
    rates = []
    for loss in losses:
        if loss < best * (1 - threshold):
            best, bad = loss, 0
        else:
            bad += 1
        if bad > patience:
            bad = 0
            if lr - lr * factor > 1e-8:
                lr = lr * factor
        rates.append(lr)
    return rates
