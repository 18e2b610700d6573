"""The student adds one to the epoch, so every drop comes one epoch early."""


def step_decay(lr0, epoch, factor=0.1, every=30):
    drops = (epoch + 1) // every
    lr = lr0
    for _ in range(drops):
        lr = lr * factor
    return lr
