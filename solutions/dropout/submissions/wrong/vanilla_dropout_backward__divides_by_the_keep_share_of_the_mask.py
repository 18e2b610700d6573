"""The student rescales the gradient as in inverted dropout, by the mean of the mask, although the vanilla forward pass does not scale."""


def vanilla_dropout_backward(dy, cache):
    mask = np.asarray(cache)
    keep = mask.mean()
    if keep == 0:
        return np.zeros_like(dy)
    return dy * mask / keep
