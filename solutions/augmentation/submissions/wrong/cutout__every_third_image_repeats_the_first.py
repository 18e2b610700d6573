"""Every third image has the square of the one two places before."""

def cutout(images,size,rng):
    n,h,w,c=images.shape; out=images.copy(); t=rng.integers(h-size+1,size=n); l=rng.integers(w-size+1,size=n)
    t[2::3]=t[0::3][:len(t[2::3])]; l[2::3]=l[0::3][:len(l[2::3])]
    for i in range(n): out[i,t[i]:t[i]+size,l[i]:l[i]+size]=0
    return out
