"""An index is never exchanged with itself: only cycles over everything come out."""

def minibatches(n,batch_size,rng):
    o=list(range(n))
    for i in range(n-1,0,-1):
        j=int(rng.integers(0,i))       # never i itself: Sattolo, not Fisher-Yates
        o[i],o[j]=o[j],o[i]
    return [np.array(o[k:k+batch_size]) for k in range(0,n,batch_size)]
