"""h_next is made of the cell state before the step."""


def lstm_cell(z, h, c, weights):
    gates = z @ weights["W_ih"].T + weights["b_ih"] + h @ weights["W_hh"].T + weights["b_hh"]
    gi, gf, gg, go = np.split(gates, 4, axis=1)
    i = 1 / (1 + np.exp(-gi))
    f = 1 / (1 + np.exp(-gf))
    o = 1 / (1 + np.exp(-go))
    h_next = o * np.tanh(c)
    c_next = f * c + i * np.tanh(gg)
    return h_next, c_next
