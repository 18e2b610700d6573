"""The step comes after epoch `every`, not with it."""

def step_decay(lr0, epoch, factor=0.1, every=30):
    steps = 0
    while epoch > every:
        epoch -= every
        steps += 1
    return lr0 * factor**steps
