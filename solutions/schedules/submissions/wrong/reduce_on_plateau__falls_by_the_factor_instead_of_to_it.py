"""Takes the factor for the share that is lost, not for the share that is left."""

def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    rates, lr, best, waited = [], lr0, float("inf"), 0
    for loss in losses:
        waited += 1
        if loss < best * (1 - threshold):
            best, waited = loss, 0
        if waited > patience:
            lr -= factor * lr
            waited = 0
        rates.append(lr)
    return rates
