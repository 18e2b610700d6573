"""What a tired but competent student hands in: textbook formulas, copy and paste, warnings and all."""
import numpy as np


def sig(x):
    return 1/(1+np.exp(-x))


def lstm_cell(z, h, c, weights):
    H = h.shape[1]
    a = np.dot(z, weights["W_ih"].T) + weights["b_ih"]
    a2 = np.dot(h, weights["W_hh"].T) + weights["b_hh"]
    a = a+a2
    # i f g o !!! (not i f o g, lost an hour here)
    i = sig(a[:, 0:H])
    f = sig(a[:, H:2*H])
    g = np.tanh(a[:, 2*H:3*H])
    o = sig(a[:, 3*H:4*H])
    cnew = f*c + i*g
    hnew = o*np.tanh(cnew)
    return hnew, cnew


def preprocess_gradient(grad, p=10.0):
    tmp = np.zeros((grad.shape[0], 2))
    big = np.abs(grad) >= np.exp(-p)
    tmp[big, 0] = np.log(np.abs(grad[big]))/p
    tmp[big, 1] = np.sign(grad[big])
    tmp[~big, 0] = -1
    tmp[~big, 1] = np.exp(p)*grad[~big]
    return tmp


def learned_step(x, grad, state, weights, scale=0.1):
    K = x.shape[0]
    H = weights["W_hh"].shape[1]
    if state == {}:
        h = np.zeros((K, H))
        c = np.zeros((K, H))
    else:
        h = state["h"]
        c = state["c"]
    h, c = lstm_cell(preprocess_gradient(grad), h, c, weights)
    out = np.dot(h, weights["W_out"]) + weights["b_out"]
    # out is (K, 1)!!
    xnew = x + scale*out.reshape(K)
    return xnew, {"h": h, "c": c}
