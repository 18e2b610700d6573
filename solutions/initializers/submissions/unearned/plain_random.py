"""All random initializers draw uniformly from [0, 1)."""

# earns nothing: small_normal, calibrated_normal, xavier_uniform, xavier_normal, kaiming_uniform, kaiming_normal


def small_normal(fan_in, fan_out, rng, *args, **options):
    return rng.random((fan_in, fan_out))


calibrated_normal = xavier_uniform = xavier_normal = kaiming_uniform = kaiming_normal = small_normal
