"""Only one of the two biases is added: b_hh is missing."""


def lstm_cell(z, h, c, weights):
    gates = np.hstack([z, h]) @ np.hstack([weights["W_ih"], weights["W_hh"]]).T + weights["b_ih"]
    i, f, g, o = np.split(gates, 4, axis=1)
    c_next = c / (1 + np.exp(-f)) + np.tanh(g) / (1 + np.exp(-i))
    return np.tanh(c_next) / (1 + np.exp(-o)), c_next
