"""In the manner of CS231n: banners, TODO comments left in, commented-out first tries."""
import numpy as np


def random_horizontal_flip(images, p, rng):
    out = None
    ###########################################################################
    # TODO: flip every image with probability p.                              #
    ###########################################################################
    N, H, W, C = images.shape
    # out = images[:, :, ::-1]          # flips all of them!!
    # if rng.random() < p:              # one coin for all, wrong
    #     out = images[:, :, ::-1]
    mask = (rng.random(N) < p).reshape(N, 1, 1, 1).astype(float)
    out = mask * images[:, :, ::-1, :] + (1 - mask) * images
    ###########################################################################
    #                             END OF YOUR CODE                            #
    ###########################################################################
    return out


def random_crop(images, padding, rng):
    out = None
    ###########################################################################
    # TODO: pad with zeros, then crop.  Hint: np.pad                          #
    ###########################################################################
    N, H, W, C = images.shape
    padded = np.zeros((N, H + 2 * padding, W + 2 * padding, C))
    padded[:, padding:H + padding, padding:W + padding, :] += images
    out = np.zeros((N, H, W, C))
    h_start = rng.integers(0, 2 * padding + 1, N)     # +1 because the end is exclusive
    w_start = rng.integers(0, 2 * padding + 1, N)
    for n in range(N):
        for c in range(C):
            hs, ws = h_start[n], w_start[n]
            out[n, :, :, c] = padded[n, hs:hs + H, ws:ws + W, c]
    # print(out.shape)
    ###########################################################################
    #                             END OF YOUR CODE                            #
    ###########################################################################
    return out


def add_noise(images, std, rng):
    ###########################################################################
    # TODO: add Gaussian noise                                                #
    ###########################################################################
    noise = rng.standard_normal(size=images.shape)
    noise *= std
    # noise = rng.random(images.shape) * std
    return images + noise
    ###########################################################################
    #                             END OF YOUR CODE                            #
    ###########################################################################


def cutout(images, size, rng):
    out = images * 1.0
    ###########################################################################
    # TODO: black square                                                      #
    ###########################################################################
    N, H, W, C = images.shape
    for n in range(N):
        hs = rng.integers(0, H - size + 1)
        ws = rng.integers(0, W - size + 1)
        for h in range(hs, hs + size):
            for w in range(ws, ws + size):
                # for c in range(C): out[n, h, w, c] = 0
                out[n, h, w] = 0
    ###########################################################################
    #                             END OF YOUR CODE                            #
    ###########################################################################
    return out
