"""The probability is rounded to twentieths."""

def random_horizontal_flip(images,p,rng):
    f=rng.integers(0,20,len(images))<round(20*p); return np.where(f[:,None,None,None],images[:,:,::-1],images)
