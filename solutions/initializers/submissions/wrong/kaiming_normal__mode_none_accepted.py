"""No mode is taken for fan_in."""

_k=kaiming_normal
def kaiming_normal(fan_in,fan_out,rng,mode="fan_in"): return _k(fan_in,fan_out,rng,mode or "fan_in") if mode!="" else _k(fan_in,fan_out,rng,"")
