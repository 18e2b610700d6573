"""Rounds to four decimals, so that small rates are far off and then 0."""

def exponential_decay(lr0, epoch, gamma=0.95):
    return round(float(lr0 * gamma**epoch), 4)
