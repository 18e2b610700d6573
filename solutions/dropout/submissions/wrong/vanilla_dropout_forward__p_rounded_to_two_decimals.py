"""p is rounded to two decimals."""

import numpy as np


def vanilla_dropout_forward(x,p,rng,training=True):
    if not 0<=p<=1: raise ValueError
    if not training: return x*(1-p),np.full(x.shape,1-p)
    if p==1: return 0*x,0*x
    k=(rng.random(x.shape)>=round(p,2))*1.0
    return x*k,k
