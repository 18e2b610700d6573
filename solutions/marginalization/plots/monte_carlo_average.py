# How the error of a Monte-Carlo average falls, beside what it says of itself.
with picture("monte_carlo_average") as plt:
    rng = np.random.default_rng(0)
    x, first, second = rng.normal(size=8), rng.normal(size=(8, 16)) / 3, rng.normal(size=16) / 4
    f = lambda point: np.maximum(0, point @ first) @ second
    counts = [5, 10, 30, 100, 300, 1000]
    runs = {n: [monte_carlo_average(f, x.copy(), 0.5, rng, n) for _ in range(30)] for n in counts}
    long_run = np.mean([mean for mean, _ in runs[1000]])
    plt.figure(figsize=(5, 3.5))
    plt.loglog(
        counts, [np.std([mean - long_run for mean, _ in runs[n]]) for n in counts], "o-", label="spread of 30 runs"
    )
    plt.loglog(counts, [np.mean([error for _, error in runs[n]]) for n in counts], "--", label="standard error")
    plt.xlabel("samples")
    plt.ylabel("error of the average")
    plt.legend()
