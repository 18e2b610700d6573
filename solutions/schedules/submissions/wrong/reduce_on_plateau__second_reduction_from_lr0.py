"""Every reduction goes to lr0 * factor: the second one changes nothing."""

def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    best, bad, lr = np.inf, 0, lr0
    rates = []
    for loss in losses:
        if loss < best * (1 - threshold):
            best, bad = loss, 0
        else:
            bad += 1
        if bad > patience:
            lr, bad = lr0 * factor, 0
        rates.append(lr)
    return rates
