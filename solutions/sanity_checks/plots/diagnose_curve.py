# A small network trained with several learning rates, and what your function says about each run.
with picture("diagnose_curve") as plt:
    rng = np.random.default_rng(0)
    target, X, X_val = rng.normal(size=10), rng.normal(size=(40, 10)), rng.normal(size=(400, 10))
    t, t_val = (np.tanh(x @ target) + rng.normal(size=len(x)) for x in (X, X_val))
    start = rng.normal(size=(10, 32)) * np.sqrt(0.2), rng.normal(size=32) / np.sqrt(32)
    figure, axes = plt.subplots(1, 4, figsize=(11, 2.8), sharey=True)
    for axis, (rate, epochs) in zip(axes, ((1e-5, 300), (0.01, 60), (0.01, 300), (0.3, 300)), strict=True):
        W, w, train, val = *(values.copy() for values in start), [], []
        for _ in range(epochs):
            h = np.maximum(0, X @ W)
            error = h @ w - t
            train.append(np.mean(error**2))
            val.append(np.mean((np.maximum(0, X_val @ W) @ w - t_val) ** 2))
            d = 2 * error / len(t)
            W, w = W - rate * X.T @ (np.outer(d, w) * (h > 0)), w - rate * h.T @ d
        axis.plot(train, label="training")
        axis.plot(val, label="validation")
        axis.set_ylim(0, 4)
        axis.set_title(f"{rate:g}: {diagnose_curve(train, val)}")
        axis.set_xlabel("epoch")
    axes[0].set_ylabel("loss")
    for axis in axes:
        axis.legend(fontsize=8)
