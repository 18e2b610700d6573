"""Never lets the rate fall below 0.001."""


def inverse_time_decay(lr0, epoch, k=1.0):
    return max(lr0 / (1 + k * epoch), 1e-3)
