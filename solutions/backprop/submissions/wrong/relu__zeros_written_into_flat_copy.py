"""Clears the negative entries in x.flatten(), a copy, and returns x itself."""

def relu(x):
    flat = x.flatten()
    flat[flat < 0] = 0
    return x
