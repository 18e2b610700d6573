# How far a numerical gradient is off, for steps from large to tiny: truncation on the right, rounding on the left.
with picture("numerical_gradient") as plt:
    x = np.random.default_rng(0).normal(size=20)
    true = np.cos(x) * np.exp(np.sin(x)) + 2 * x.sum()
    steps = 10.0 ** np.arange(-12, 0)
    found = [numerical_gradient(lambda p: np.sum(np.exp(np.sin(p))) + np.sum(p) ** 2, x.copy(), h) for h in steps]
    plt.figure(figsize=(5, 3.5))
    plt.loglog(steps, [np.linalg.norm(g - true) / np.linalg.norm(true) for g in found], "o-", label="your gradient")
    plt.xlabel("h")
    plt.ylabel("relative error")
    plt.legend()
    plt.grid(alpha=0.3)
