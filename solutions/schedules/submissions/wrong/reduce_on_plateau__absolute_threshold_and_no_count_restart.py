"""The student subtracts the threshold from the best loss as an absolute number and also never restarts the count after a reduction."""


def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    best = float("inf")
    num_bad = 0
    lr = lr0
    history = []
    for i in range(len(losses)):
        if losses[i] < best - threshold:
            best = losses[i]
            num_bad = 0
        else:
            num_bad += 1
            if num_bad > patience:
                lr *= factor
        history.append(lr)
    return history
