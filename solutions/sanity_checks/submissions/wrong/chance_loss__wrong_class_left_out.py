"""ln(C − 1)."""


def chance_loss(classes, kind):
    if kind == "softmax":
        return np.log(classes - 1)
    if kind == "hinge":
        return classes - 1.0
    raise ValueError
