"""Every second mask is made of the same random numbers turned over: samples are not independent."""


def monte_carlo_average(f, x, p, rng, samples):
    if not 0 <= p < 1:
        raise ValueError
    u = rng.random(((samples + 1) // 2, len(x)))
    u = np.sort(u, axis=1)
    m = np.concatenate([u, 1 - u])[:samples] >= p
    v = np.array([f(x * k / (1 - p)) for k in m])
    return v.mean(axis=0), v.std(axis=0, ddof=1) / np.sqrt(samples)
