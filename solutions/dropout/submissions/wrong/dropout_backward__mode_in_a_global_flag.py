"""Mode and p are those of the latest forward pass."""

import numpy as np


_d=dropout_forward; _m=[True,0.0]
def dropout_forward(x,p,rng,training=True):
    _m[:]=[training,p]; y,c=_d(x,p,rng,training); return y,(c!=0)*1.0
def dropout_backward(dy,cache): return dy*cache/(1-_m[1]) if _m[0] and _m[1]<1 else dy*cache
