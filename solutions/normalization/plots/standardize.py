# A cloud of points before and after: which way do its axes point, and how long are they?
with picture("standardize") as plt:
    x = np.random.default_rng(0).normal(size=(300, 2)) @ np.array([[3.0, 1.0], [0.0, 0.4]]) + np.array([4.0, -2.0])
    y = np.asarray(standardize(x, *fit_standardizer(x)))
    plt.figure(figsize=(5, 4))
    plt.plot(*x.T, ".", label="before")
    plt.plot(*y.T, ".", label="after")
    plt.axis("equal")
    plt.grid(alpha=0.3)
    plt.legend()
