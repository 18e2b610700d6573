"""A small class hierarchy with forward and backward methods; the instance travels as the cache."""
import numpy as np


class ProbabilityError(ValueError):
    def __init__(self, p):
        super().__init__("%g is not a probability" % p)
        self.p = p


class Dropout:
    """Inverted dropout."""
    __slots__ = ("p", "training", "mask")

    def __init__(self, p, training):
        if not 0 <= p <= 1:
            raise ProbabilityError(p)
        self.p, self.training, self.mask = p, training, None

    @property
    def train_scale(self):
        return 0.0 if self.p == 1 else 1 / (1 - self.p)

    @property
    def eval_scale(self):
        return 1.0

    def draw(self, shape, rng):
        self.mask = np.logical_not(rng.random(shape) < self.p)

    def apply(self, a):
        if self.training:
            return self.mask * a * self.train_scale
        return a * self.eval_scale

    def forward(self, x, rng):
        if self.training:
            self.draw(np.shape(x), rng)
        return self.apply(x)

    def backward(self, dy):
        return self.apply(dy)


class VanillaDropout(Dropout):
    """The form of the slide."""
    __slots__ = ()
    train_scale = 1.0

    @property
    def eval_scale(self):
        return 1 - self.p


def dropout_forward(x, p, rng, training=True):
    layer = Dropout(p, training)
    return layer.forward(x, rng), layer


def dropout_backward(dy, cache):
    return cache.backward(dy)


def vanilla_dropout_forward(x, p, rng, training=True):
    layer = VanillaDropout(p, training)
    return layer.forward(x, rng), layer


def vanilla_dropout_backward(dy, cache):
    return cache.backward(dy)
