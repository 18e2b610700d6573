"""Every function is one expression."""
from functools import reduce
from itertools import accumulate

import numpy as np

step_decay = lambda lr0, epoch, factor=0.1, every=30: lr0 * factor ** int(epoch / every)
exponential_decay = lambda lr0, epoch, gamma=0.95: reduce(lambda lr, _: lr * gamma, range(epoch), lr0)
inverse_time_decay = lambda lr0, epoch, k=1.0: (1 + k * epoch) ** -1.0 * lr0
cosine_decay = lambda lr0, epoch, total, lr_min=0.0: (
    lr_min if epoch >= total else (lr0 + lr_min + (lr0 - lr_min) * np.cos(np.pi * epoch / total)) / 2)

# state: (best, bad, lr)
reduce_on_plateau = lambda losses, lr0, factor=0.1, patience=10, threshold=1e-4: [s[2] for s in accumulate(
    losses,
    lambda s, v: (v, 0, s[2]) if v < s[0] * (1 - threshold) else
    ((s[0], s[1] + 1, s[2]) if s[1] < patience else (s[0], 0, s[2] * factor)),
    initial=(np.inf, 0, lr0))][1:]

# state: (best, best epoch, stop epoch, stopped?)
early_stopping = lambda val_losses, patience=5, min_delta=0.0: reduce(
    lambda s, ev: s if s[3] else
    ((ev[1], ev[0], ev[0], False) if ev[1] < s[0] - min_delta else (s[0], s[1], ev[0], ev[0] - s[1] >= patience)),
    enumerate(val_losses), (np.inf, 0, 0, False))[2:0:-1]
