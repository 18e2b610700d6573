"""The step is counted by shape, so that two parameters of one shape count together."""

_t={}
def adam(x,grad,state,lr=1e-3,beta1=.9,beta2=.999,eps=1e-8,bias_correction=True):
    if not state: _t[np.shape(x)]=0
    t=_t[np.shape(x)]=_t[np.shape(x)]+1
    m=beta1*state.get("m",0.)+(1-beta1)*grad; c=beta2*state.get("c",0.)+(1-beta2)*grad**2
    mh,ch=(m/(1-beta1**t),c/(1-beta2**t)) if bias_correction else (m,c)
    return x-lr*mh/(np.sqrt(ch)+eps),{"m":m,"c":c}
