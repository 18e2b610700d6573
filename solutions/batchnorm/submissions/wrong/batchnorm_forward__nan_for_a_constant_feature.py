"""A constant feature divides 0 by 0."""

import numpy as np


def batchnorm_forward(x,gamma,beta,running,training=True,momentum=0.1,eps=1e-5):
    if training:
        n=len(x)
        if n<2: raise ValueError
        mean,var=x.mean(0),x.var(0)
        running={"mean":(1-momentum)*running["mean"]+momentum*mean,"var":(1-momentum)*running["var"]+momentum*var*n/(n-1)}
    else: mean,var=running["mean"],running["var"]
    xh=(x-mean)/np.sqrt(var)*np.sqrt(var/(var+eps))      # right but for var = 0
    return gamma*xh+beta,(xh,gamma/np.sqrt(var+eps),training),running
