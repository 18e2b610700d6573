"""Masks are kept in a table, by the shape of x."""

import numpy as np


_mk={}
_d=dropout_forward
def dropout_forward(x,p,rng,training=True):
    y,c=_d(x,p,rng,training); _mk[x.shape]=c; return y,x.shape
def dropout_backward(dy,cache): return dy*_mk[cache]
