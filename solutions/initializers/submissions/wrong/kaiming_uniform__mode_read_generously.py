"""Every mode that ends in "out" is taken for fan_out."""

_k=kaiming_uniform
def kaiming_uniform(fan_in,fan_out,rng,mode="fan_in"): return _k(fan_in,fan_out,rng,"fan_out" if mode.endswith("out") else mode)
