"""Caches are kept in a table, by shapes."""

import numpy as np


_c={}
_lf=linear_forward
def linear_forward(x,W,b):
    _c[x.shape,W.shape]=(x,W); return x@W+b,(x.shape,W.shape)
def linear_backward(dy,cache):
    x,W=_c[cache]; return dy@W.T,x.T@dy,dy.sum(0)
