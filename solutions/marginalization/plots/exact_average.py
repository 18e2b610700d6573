# Weight scaling beside the exact average, for a tanh network and growing dropout.
with picture("exact_average") as plt:
    rng = np.random.default_rng(0)
    x, first, second = rng.normal(size=7), rng.normal(size=(7, 16)) / 3, rng.normal(size=16) / 4
    f = lambda point: np.tanh(point @ first) @ second
    shares = np.linspace(0, 0.9, 10)
    plt.figure(figsize=(5, 3.5))
    plt.plot(shares, [float(exact_average(f, x.copy(), p)) for p in shares], "o-", label="exact average")
    plt.plot(shares, np.full(10, f(x)), "--", label="weight scaling")
    plt.xlabel("p")
    plt.ylabel("output")
    plt.legend()
