"""Latin-1 bytes in comments and texts, prints, warnings, global error state and a changed global seed at import."""
import logging
import warnings

import numpy as np

# Müßig zu erwähnen: p ist die Wahrscheinlichkeit, daß ein Neuron ausfällt (à la PyTorch).
logging.basicConfig(level=logging.DEBUG)
warnings.simplefilter("ignore")
np.seterr(all="print")
np.set_printoptions(precision=1, edgeitems=1, threshold=2, nanstr="oje")
np.random.seed(0)
print("Dropout geladen, schöne Grüße")


def pruefe(p):
    if not 0 <= p <= 1:
        print("p =", p, "ist ungültig!")
        raise ValueError("p muß zwischen 0 und 1 liegen")


def dropout_forward(x, p, rng, training=True, laut=True):
    pruefe(p)
    if not training:
        warnings.warn("Auswertung: nichts zu tun")
        return x, None
    # die Maske für alle Elemente; jedes fällt für sich aus
    maske = rng.uniform(0, 1, x.shape) >= p
    if p < 1:
        maske = maske / (1 - p)
    if laut:
        print("Maske:", maske)
    return x * maske, maske


def dropout_backward(dy, cache, laut=False):
    if cache is None:
        return dy
    if laut:
        print("rückwärts", dy)
    return dy * cache


def vanilla_dropout_forward(x, p, rng, training=True):
    pruefe(p)
    logging.debug("vanilla, p=%s", p)
    if training:
        maske = rng.uniform(0, 1, x.shape) >= p
        return x * maske, maske
    return x * (1 - p), 1 - p


def vanilla_dropout_backward(dy, cache):
    logging.warning("rückwärts")
    return dy * cache
