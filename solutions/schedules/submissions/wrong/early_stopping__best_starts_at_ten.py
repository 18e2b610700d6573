"""The best loss starts at 10."""

def early_stopping(val_losses,patience=5,min_delta=0.0):
    best,be=10.0,0
    for e,l in enumerate(val_losses):
        if l<best-min_delta: best,be=l,e
        elif e-be>=patience: return e,be
    return len(val_losses)-1,be
