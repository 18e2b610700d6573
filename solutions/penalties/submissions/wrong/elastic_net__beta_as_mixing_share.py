"""The student takes beta as the share of L2 and 1 - beta as the share of L1."""


def elastic_net(W, lam, beta):
    l2_part = (W * W).sum()
    l1_part = np.abs(W).sum()
    value = lam * (beta * l2_part + (1 - beta) * l1_part)
    dW = lam * (beta * 2 * W + (1 - beta) * np.sign(W))
    return value, dW
