"""The default std is a little off."""

def small_normal(fan_in,fan_out,rng,std=0.0104): return rng.normal(0,std,(fan_in,fan_out))
