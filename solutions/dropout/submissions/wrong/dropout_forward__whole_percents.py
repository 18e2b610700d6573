"""p is rounded to whole percents."""

import numpy as np


def dropout_forward(x,p,rng,training=True):
    if not 0<=p<=1: raise ValueError
    if not training: return x,np.full(x.shape,1.0)
    if p==1: return 0*x,0*x
    k=(rng.integers(0,100,x.shape)>=round(p*100))*1.0
    return x*k/(1-p),k/(1-p)
