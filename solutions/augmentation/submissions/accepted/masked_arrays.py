"""Works with masked arrays inside and returns masked arrays in which nothing is masked any more."""
import numpy as np
import numpy.ma as ma


def random_horizontal_flip(images, p, rng):
    flip = np.broadcast_to((rng.random(len(images)) < p)[:, None, None, None], images.shape)
    here = ma.masked_array(images, mask=flip)
    return ma.masked_array(here.filled(images[:, :, ::-1]), mask=np.zeros(images.shape, bool))


def random_crop(images, padding, rng):
    N, H, W, C = images.shape
    out = ma.masked_all((N, H, W, C))
    for i in range(N):
        dy, dx = rng.integers(-padding, padding + 1, size=2)
        ys = np.arange(H) + dy
        xs = np.arange(W) + dx
        good_y = (ys >= 0) & (ys < H)
        good_x = (xs >= 0) & (xs < W)
        part = images[i][np.ix_(ys[good_y], xs[good_x])]
        out[i][np.ix_(good_y, good_x)] = part
    return ma.array(out.filled(0.0))


def add_noise(images, std, rng):
    return ma.array(images) + ma.array(std * rng.standard_normal(images.shape))


def cutout(images, size, rng):
    N, H, W, C = images.shape
    out = ma.array(images.copy())
    for i in range(N):
        y, x = rng.integers(0, H - size + 1), rng.integers(0, W - size + 1)
        out[i, y:y + size, x:x + size] = ma.masked
    return ma.array(out.filled(0))
