"""learned_step calls nothing else of this file: one coordinate after the other, all written out.
The state is a dict of dicts that is used up; long double."""
import numpy as np

Q = np.longdouble


def lstm_cell(z, h, c, weights):
    K, H = h.shape
    h_next = np.zeros((K, H), dtype=Q)
    c_next = np.zeros((K, H), dtype=Q)
    for k in range(K):
        a = Q(0) + weights["W_ih"] @ z[k] + weights["b_ih"] + weights["W_hh"] @ h[k] + weights["b_hh"]
        i, f, g, o = a.reshape(4, H)
        c_next[k] = c[k] / (1 + np.exp(-f)) + np.tanh(g) / (1 + np.exp(-i))
        h_next[k] = np.tanh(c_next[k]) / (1 + np.exp(-o))
    return h_next, c_next


def preprocess_gradient(grad, p=10.0):
    threshold = np.exp(-Q(p))

    def features(g):
        g = Q(g)
        if g >= threshold:
            return np.log(g) / Q(p), Q(1)
        if g <= -threshold:
            return np.log(-g) / Q(p), Q(-1)
        return Q(-1), g / threshold

    return np.array([features(g) for g in grad])


def learned_step(x, grad, state, weights, scale=0.1):
    H = weights["W_hh"].shape[1]
    W_out, b_out = weights["W_out"], weights["b_out"]
    x_next, state_next = [], {}
    for k, (xk, gk) in enumerate(zip(x, grad)):
        h, c = state.pop(k, (np.zeros(H, dtype=Q), np.zeros(H, dtype=Q)))
        gk = Q(gk)
        if abs(gk) < np.exp(Q(-10)):
            z = np.array([Q(-1), np.exp(Q(10)) * gk])
        else:
            z = np.array([np.log(abs(gk)) / 10, np.sign(gk)])
        a = (weights["W_ih"] * z).sum(axis=1) + (weights["W_hh"] * h).sum(axis=1)
        a = a + weights["b_ih"] + weights["b_hh"]
        i, f, o = (1 / (1 + np.exp(-a[s * H:(s + 1) * H])) for s in (0, 1, 3))
        c = f * c + i * np.tanh(a[2 * H:3 * H])
        h = o * np.tanh(c)
        state_next[k] = (h, c)
        x_next.append(xk + scale * ((h * W_out[:, 0]).sum() + b_out[0]))
    return np.array(x_next), state_next
