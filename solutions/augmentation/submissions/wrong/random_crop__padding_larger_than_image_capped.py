"""A padding beyond the image is cut down to its size."""

_r=random_crop
def random_crop(images,padding,rng): return _r(images,min(padding,images.shape[1]),rng)
