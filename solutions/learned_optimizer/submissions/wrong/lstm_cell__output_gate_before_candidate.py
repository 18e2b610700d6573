"""Gates taken in the order input, forget, output, cell."""


def lstm_cell(z, h, c, weights):
    gates = z @ weights["W_ih"].T + weights["b_ih"] + h @ weights["W_hh"].T + weights["b_hh"]
    i, f, o, g = np.split(gates, 4, axis=1)
    i, f, o = (1 / (1 + np.exp(-v)) for v in (i, f, o))
    c_next = f * c + i * np.tanh(g)
    return o * np.tanh(c_next), c_next
