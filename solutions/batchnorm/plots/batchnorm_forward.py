# Three features of very different place and size, before and after.
with picture("batchnorm_forward") as plt:
    x = np.random.default_rng(0).normal([0.0, 5.0, -8.0], [1.0, 3.0, 0.3], size=(2000, 3))
    running = {"mean": np.zeros(3), "var": np.ones(3)}
    y = batchnorm_forward(x.copy(), np.ones(3), np.zeros(3), running)[0]
    _, axes = plt.subplots(1, 2, figsize=(8, 2.5))
    for axis, values, title in zip(axes, (x, y), ("before", "after"), strict=True):
        axis.hist(list(np.transpose(values)), bins=40, histtype="step", label=["first feature", "second", "third"])
        axis.set_title(title)
        axis.set_xlabel("value")
        axis.legend()
    axes[0].set_ylabel("examples")
