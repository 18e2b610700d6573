"""Every place is exchanged with any other, which makes some orders likelier than others."""

def minibatches(n,batch_size,rng):
    o=list(range(n))
    for i in range(n):
        j=int(rng.integers(n))         # the classical biased shuffle
        o[i],o[j]=o[j],o[i]
    return [np.array(o[k:k+batch_size]) for k in range(0,n,batch_size)]
