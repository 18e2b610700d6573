"""exp(a) / (1 + exp(a)) is inf / inf = nan as soon as a gate's argument is above 709."""


def _squash(a):
    e = np.exp(a)
    return e / (1 + e)


def lstm_cell(z, h, c, weights):
    a = z @ weights["W_ih"].T + weights["b_ih"] + h @ weights["W_hh"].T + weights["b_hh"]
    i, f, g, o = np.split(a, 4, axis=1)
    c_next = _squash(f) * c + _squash(i) * np.tanh(g)
    h_next = _squash(o) * np.tanh(c_next)
    return h_next, c_next
