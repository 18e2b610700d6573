"""The student reads the gates in the order input, forget, output, cell."""


def lstm_cell(z, h, c, weights):
    H = h.shape[1]
    a = z.dot(weights["W_ih"].T) + h.dot(weights["W_hh"].T) + weights["b_ih"] + weights["b_hh"]
    sig = lambda u: 1.0 / (1.0 + np.exp(-u))
    in_gate = sig(a[:, 0:H])
    forget_gate = sig(a[:, H:2 * H])
    out_gate = sig(a[:, 2 * H:3 * H])
    candidate = np.tanh(a[:, 3 * H:4 * H])
    c_new = forget_gate * c + in_gate * candidate
    h_new = out_gate * np.tanh(c_new)
    return h_new, c_new
