"""Pixels beyond 255 are cut off."""

def add_noise(images,std,rng): return np.clip(images+std*rng.standard_normal(images.shape),-255,255)
