"""The first block of rows is used as the forget gate and the second as the input gate."""


def lstm_cell(z, h, c, weights):
    H = h.shape[1]
    a = z @ weights["W_ih"].T + h @ weights["W_hh"].T + weights["b_ih"] + weights["b_hh"]
    forget = 1 / (1 + np.exp(-a[:, :H]))
    inp = 1 / (1 + np.exp(-a[:, H:2 * H]))
    cell = np.tanh(a[:, 2 * H:3 * H])
    out = 1 / (1 + np.exp(-a[:, 3 * H:]))
    c = forget * c + inp * cell
    h = out * np.tanh(c)
    return h, c
