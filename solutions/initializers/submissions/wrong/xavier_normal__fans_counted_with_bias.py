"""The bias is counted as an input."""

def xavier_normal(fan_in,fan_out,rng,gain=1.0): return rng.normal(0,gain*np.sqrt(2/(fan_in+1+fan_out)),(fan_in,fan_out))
