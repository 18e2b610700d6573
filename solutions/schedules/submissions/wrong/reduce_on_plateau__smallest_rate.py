"""The rate never falls below 1e-12."""

def reduce_on_plateau(losses,lr0,factor=0.1,patience=10,threshold=1e-4):
    best=np.inf;bad=0;lr=lr0;out=[]
    for l in losses:
        if l<best*(1-threshold): best=l;bad=0
        else: bad+=1
        if bad>patience: lr=max(lr*factor,1e-12);bad=0
        out.append(lr)
    return out
