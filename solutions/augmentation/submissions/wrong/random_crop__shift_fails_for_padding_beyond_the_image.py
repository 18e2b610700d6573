"""Shifting by more than the image's size goes wrong."""

def random_crop(images,padding,rng):
    n,h,w,c=images.shape; out=np.zeros_like(images)
    for i in range(n):
        a,b=(int(k) for k in rng.integers(-padding,padding+1,2))
        out[i,max(0,-a):h-max(0,a),max(0,-b):w-max(0,b)]=images[i,max(0,a):h+min(0,a),max(0,b):w+min(0,b)]
    return out
