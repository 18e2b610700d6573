"""The best loss is the smallest so far, good epoch or not: a slow creep below the threshold never becomes good."""

def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    best, bad, lr = np.inf, 0, lr0
    rates = []
    for loss in losses:
        if loss < best * (1 - threshold):
            bad = 0
        else:
            bad += 1
        best = min(best, loss)
        if bad > patience:
            lr, bad = lr * factor, 0
        rates.append(lr)
    return rates
