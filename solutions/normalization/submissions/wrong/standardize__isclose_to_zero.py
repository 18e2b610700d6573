"""A std that is close to 0 is taken for one that is 0."""

def standardize(x,mean,std):
    c=np.isclose(std,0); return np.where(c,0.0,(x-mean)/np.where(c,1.0,std))
