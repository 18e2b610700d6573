"""The student works in powers of ten: log10 of the gradient and a threshold of 10^-p."""


def preprocess_gradient(grad, p=10.0):
    rows = []
    for g in grad:
        if abs(g) >= 10.0 ** (-p):
            rows.append([np.log10(abs(g)) / p, np.sign(g)])
        else:
            rows.append([-1.0, 10.0 ** p * g])
    return np.array(rows).reshape(len(grad), 2)
