"""A friction of 0 is taken for a missing one."""

def momentum(x,grad,state,lr,rho=0.9):
    v=(rho or 0.9)*state.get("v",0.0)+grad; return x-lr*v,{"v":v}
