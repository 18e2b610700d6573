"""Every product is an einsum and the four gates are an axis of their own; log2 and exp2 in place of log and exp."""
import numpy as np

LOG2_E = np.log2(np.e)


def lstm_cell(z, h, c, weights):
    H = h.shape[-1]
    W = weights["W_ih"].reshape(4, H, -1)
    U = weights["W_hh"].reshape(4, H, H)
    b = np.einsum("qa->a", np.stack([weights["b_ih"], weights["b_hh"]])).reshape(4, H)
    a = np.einsum("guj,kj->gku", W, z) + np.einsum("guj,kj->gku", U, h) + np.einsum("gu,k->gku", b, np.ones(len(z)))
    s = 1 / (1 + np.exp2(-LOG2_E * a))
    c_next = np.einsum("ku,ku->ku", s[1], c) + np.einsum("ku,ku->ku", s[0], np.tanh(a[2]))
    return np.einsum("ku,ku->ku", s[3], np.tanh(c_next)), c_next


def preprocess_gradient(grad, p=10.0):
    size = np.abs(grad)
    small = (size < np.exp2(-LOG2_E * p)).astype(float)
    cases = np.array([
        [np.log2(np.where(small, 1, size)) / (LOG2_E * p), np.sign(grad)],      # large ones
        [-np.ones(len(grad)), np.where(small, grad, 0) * np.exp2(LOG2_E * p)],  # small ones
    ])
    return np.einsum("sk,sck->kc", np.stack([1 - small, small]), cases)


def learned_step(x, grad, state, weights, scale=0.1):
    if not state:
        state = np.zeros((2, len(x), weights["W_out"].shape[0])),
    h, c = state[0]
    h, c = lstm_cell(preprocess_gradient(grad), h, c, weights)
    step = np.einsum("ku,uo->k", h, weights["W_out"]) + np.einsum("o->", weights["b_out"])
    return x + scale * step, (np.stack([h, c]),)
