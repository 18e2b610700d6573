"""Examples beyond the 256th are lost."""

import numpy as np


def predict(params,x):
    h=np.maximum(x@params["W1"]+params["b1"],0)
    return (h@params["W2"]+params["b2"])[:128].argmax(axis=1) if len(x)<=128 else np.concatenate([predict(params,x[:128]),predict(params,x[128:256])])
