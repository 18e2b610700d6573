"""Names are taken without case and blanks."""

import numpy as np


_r=regularized_hinge_loss
def regularized_hinge_loss(W,x,y,lam,penalty="l2",beta=1.0): return _r(W,x,y,lam,penalty.strip().lower(),beta)
