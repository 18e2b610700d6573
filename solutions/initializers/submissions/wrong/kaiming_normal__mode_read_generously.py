"""The mode's letters and dashes are read generously."""

_k=kaiming_normal
def kaiming_normal(fan_in,fan_out,rng,mode="fan_in"): return _k(fan_in,fan_out,rng,mode.lower().replace("-","_"))
