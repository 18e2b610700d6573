"""Regularized_hinge_loss is the penalty alone, and never looks at x or y; all else is right."""


# earns nothing: regularized_hinge_loss
def regularized_hinge_loss(W, x, y, lam, penalty="l2", beta=1.0):
    penalties = {"l1": lambda: l1(W, lam), "elastic_net": lambda: elastic_net(W, lam, beta)}
    return penalties.get(penalty, lambda: l2(W, lam))()
