"""As many exchanges of two random places as there are places leave an eighth of them alone."""

def minibatches(n,batch_size,rng):
    o=np.arange(n)
    for _ in range(n):
        i,j=rng.integers(n,size=2); o[[i,j]]=o[[j,i]]
    return [o[k:k+batch_size] for k in range(0,n,batch_size)]
