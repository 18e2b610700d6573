"""The cell of the first paper, before forget gates: the old cell state is kept in full."""


def lstm_cell(z, h, c, weights):
    n = h.shape[1]
    a = z @ weights["W_ih"].T + weights["b_ih"] + h @ weights["W_hh"].T + weights["b_hh"]
    write = 1 / (1 + np.exp(-a[:, :n]))
    read = 1 / (1 + np.exp(-a[:, 3 * n:]))
    c = c + write * np.tanh(a[:, 2 * n:3 * n])
    return read * np.tanh(c), c
