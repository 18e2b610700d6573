"""Rounds epoch/every instead of cutting it off: the steps come half a stage early."""

def step_decay(lr0, epoch, factor=0.1, every=30):
    return lr0 * factor ** round(epoch / every)
