"""The arguments have other names."""

def xavier_normal(n_in, n_out, rng, gain=1.0):
    return rng.normal(0.0, gain * np.sqrt(2 / (n_in + n_out)), size=(n_in, n_out))
