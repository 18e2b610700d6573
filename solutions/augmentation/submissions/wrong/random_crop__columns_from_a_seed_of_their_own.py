"""The columns come from a generator with a seed of its own."""

def random_crop(images,padding,rng):
    n,h,w,c=images.shape; P=np.pad(images,((0,0),(padding,)*2,(padding,)*2,(0,0))); k=2*padding+1
    t=rng.integers(k,size=n); l=np.random.default_rng(0).integers(k,size=n)
    return np.stack([P[i,t[i]:t[i]+h,l[i]:l[i]+w] for i in range(n)])
