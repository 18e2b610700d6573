import numpy as np
# exercise 10, sorry for the mess

def loss_and_gradients(params, x, y, lam):
    l, a, b, c, d = thing(params['W1'],params['b1'],params['W2'],params['b2'],x,y,lam,None)
    return [l, {'W1': a, 'b1': b, 'W2': c, 'b2': d}]

def thing(W1,b1,W2,b2,x,y,lam,M):
    z = x.dot(W1)+b1
    z2 = z*1
    for i in range(z2.shape[0]):
        for j in range(z2.shape[1]):
            if z2[i,j] < 0: z2[i,j] = 0
    if M is not None: z2 = z2*M
    s = z2.dot(W2)+b2
    l = 0; ds = s*0
    for i in range(len(x)):
        yi = int(y[i])
        for j in range(len(b2)):
            if j != yi:
                q = s[i][j]-s[i][yi]+1
                if q > 0:
                    l = l + q
                    ds[i][j] = ds[i][j] + 1
                    ds[i][yi] = ds[i][yi] - 1
    l = l/len(x); ds = ds/len(x)
    l = l + lam*sum(sum(W1**2)) + lam*sum(sum(W2**2))
    c = z2.T.dot(ds) + 2*lam*W2
    d = sum(ds)
    t = ds.dot(W2.T)
    if M is not None: t = t*M
    t[z<=0] = 0     # NOT <  (took me an hour)
    a = x.T.dot(t) + 2*lam*W1
    b = sum(t)
    return l, a, b, c, d

def predict(params, x):
    z = x.dot(params['W1'])+params['b1']
    z = z*(z>0)
    s = z.dot(params['W2'])+params['b2']
    r = []
    for row in s: r.append(list(row).index(max(row)))
    return r

def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32, epochs=20,
  decay=1.0, patience=None):
    W1=params['W1']*1.; b1=params['b1']*1.; W2=params['W2']*1.; b2=params['b2']*1.
    vW1=0;vb1=0;vW2=0;vb2=0
    tl=[];vl=[];va=[]
    bestW1=None
    nobetter=0
    for e in range(0,epochs,1):
        perm=rng.permutation(x.shape[0]); xs=x[perm]; ys=y[perm]
        i=0; tmp=[]
        while True:
            xb=xs[i:i+batch_size]; yb=ys[i:i+batch_size]
            if len(xb)==0: break
            M=None
            if p==1: M=np.zeros((len(xb),len(b1)))
            elif p>0:
                M=rng.random((len(xb),len(b1)))
                M[M<p]=0
                M[M>0]=1/(1-p)
            L,g1,g2,g3,g4=thing(W1,b1,W2,b2,xb,yb,lam,M)
            tmp.append(L)
            vW1=rho*vW1+g1; vb1=rho*vb1+g2; vW2=rho*vW2+g3; vb2=rho*vb2+g4
            W1=W1-lr*vW1; b1=b1-lr*vb1; W2=W2-lr*vW2; b2=b2-lr*vb2
            i+=batch_size
        lr=lr*decay
        tl.append(sum(tmp)/len(tmp))
        P={'W1':W1,'b1':b1,'W2':W2,'b2':b2}
        L=loss_and_gradients(P,x_val,y_val,lam)[0]
        vl.append(L)
        pr=predict(P,x_val); ok=0
        for i in range(len(pr)):
            if pr[i]==y_val[i]: ok+=1
        va.append(ok/len(pr))
        if bestW1 is None or L<bestL:
            bestW1=W1;bestb1=b1;bestW2=W2;bestb2=b2;bestL=L; nobetter=0
        else: nobetter+=1
        if patience!=None:
            if nobetter==patience: break
    return [{'W1':bestW1,'b1':bestb1,'W2':bestW2,'b2':bestb2}, {'train_loss':tl,'val_loss':vl,'val_accuracy':va}]

def distinct_units(W1):
    u=[]
    for j in range(W1.shape[1]):
        col=W1[:,j]; known=False
        for k in u:
            if abs(col-k).max()<=0.000000001: known=True
        if known==False: u.append(col)
    return len(u)*1.0
