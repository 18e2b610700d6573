import numpy as np
from math import *

# ex schedules, 2:40 am


def step_decay(lr0, epoch, factor=0.1, every=30):
    n=0; e=epoch
    while True:
        e=e-every
        if e<0: break
        n=n+1
    x=lr0
    for i in range(n): x=x*factor
    return x

def exponential_decay(lr0, epoch, gamma=0.95):
    l=[lr0]
    for i in range(epoch): l.append(l[-1]*gamma)
    return l[epoch]

def inverse_time_decay(lr0, epoch, k=1.0):
    a=1+k*epoch
    b=lr0/a
    #print(a,b)
    return b

def cosine_decay(lr0, epoch, total, lr_min=0.0):
    if epoch>total: epoch=total   # ???? otherwise it goes up again
    c=cos(pi*epoch/total)
    c=c+1
    c=c/2
    r=lr0-lr_min
    r=r*c
    r=r+lr_min
    return r

def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    L=[]
    b=10**400 # big
    k=0
    lr=lr0
    first=True
    for l in losses:
        if first==True or l<b*(1-threshold):
            b=l; k=0; first=False
        else:
            k=k+1
        if k==patience+1:
            lr=lr*factor
            k=0
        L=L+[lr]
    return L

def early_stopping(val_losses, patience=5, min_delta=0.0):
    be=0; b=val_losses[0]; st=0; n=0; done=False
    for i in range(len(val_losses)):
        if done==False:
            st=i
            if i>0:
                if val_losses[i]<b-min_delta:
                    b=val_losses[i]; be=i; n=0
                else:
                    n+=1
                    if n==patience: done=True
    return st,be
