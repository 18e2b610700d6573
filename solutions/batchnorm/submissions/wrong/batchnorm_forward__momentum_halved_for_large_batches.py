"""Large batches weigh half."""

import numpy as np


_hist={"mean":None}
_f=batchnorm_forward
def batchnorm_forward(x,gamma,beta,running,training=True,momentum=0.1,eps=1e-5):
    if training and len(x)>64: momentum=momentum/2
    return _f(x,gamma,beta,running,training,momentum,eps)
