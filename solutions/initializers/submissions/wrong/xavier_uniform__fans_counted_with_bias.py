"""The bias is counted as an input."""

def xavier_uniform(fan_in,fan_out,rng,gain=1.0):
    a=gain*np.sqrt(6/(fan_in+1+fan_out)); return rng.uniform(-a,a,(fan_in,fan_out))
