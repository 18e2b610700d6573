"""Softmax and hinge exchanged."""


def chance_loss(classes, kind):
    if kind == "hinge":
        return np.log(classes)
    if kind == "softmax":
        return classes - 1.0
    raise ValueError
