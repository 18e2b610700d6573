"""p below a twentieth is taken for 0."""

import numpy as np


_g=dropout_forward
def dropout_forward(x,p,rng,training=True):
    return _g(x,p if p>0.05 or p<0 else 0.0,rng,training)
