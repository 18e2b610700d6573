"""Examples beyond the 64th are left out."""

import numpy as np


def mlp_loss_and_gradients(params,x,t):
    x,t=x[:64],t[:64]; h=np.tanh(x@params["W1"]+params["b1"]); e=h@params["W2"]+params["b2"]-t; n=len(x); d=2*e/n; a=d@params["W2"].T*(1-h**2)
    return (e**2).sum()/n,{"W1":x.T@a,"b1":a.sum(0),"W2":h.T@d,"b2":d.sum(0)}
