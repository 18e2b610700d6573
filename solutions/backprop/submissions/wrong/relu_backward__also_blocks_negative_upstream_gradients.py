"""The student applies relu to the upstream gradient as well, so negative dy never pass."""


def relu_backward(dy, x):
    dx = np.array(dy, dtype=float)
    dx[x <= 0] = 0
    dx[dx < 0] = 0
    return dx
