"""Indices half a data set apart stay together."""

def minibatches(n,batch_size,rng):
    # pairs i, i+n//2 stay together (shuffled as a couple)
    h=n//2; p=rng.permutation(h); o=[]
    for k in p: o+= [k,k+h] if rng.random()<.5 else [k+h,k]
    if n%2: o.insert(int(rng.integers(len(o)+1)),n-1)
    o=np.array(o,dtype=int)
    return [o[k:k+batch_size] for k in range(0,n,batch_size)]
