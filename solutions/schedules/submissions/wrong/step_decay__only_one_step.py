"""There is a first step, and never a second one."""

def step_decay(lr0, epoch, factor=0.1, every=30):
    if epoch >= every:
        return lr0 * factor
    return lr0
