"""Only the first letter is looked at, and the empty name is an IndexError."""


def chance_loss(classes, kind):
    return {"s": np.log(classes), "h": classes - 1.0}[kind[0]]
