"""The best loss starts at 100."""

def reduce_on_plateau(losses,lr0,factor=0.1,patience=10,threshold=1e-4):
    best=100.0;bad=0;lr=lr0;out=[]
    for l in losses:
        if l<best*(1-threshold): best=l;bad=0
        else: bad+=1
        if bad>patience: lr*=factor;bad=0
        out.append(lr)
    return out
