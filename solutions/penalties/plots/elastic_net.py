# The lines of equal penalty for two weights: a circle, a diamond, and what lies between.
with picture("elastic_net") as plt:
    grid = np.linspace(-1.5, 1.5, 61)
    _, axes = plt.subplots(1, 3, figsize=(9, 3), sharey=True)
    curves = {"l2": l2, "l1": l1, "elastic net": lambda W, lam: elastic_net(W, lam, 0.5)}
    for axis, (name, penalty) in zip(axes, curves.items(), strict=True):
        values = [[penalty(np.array([[a], [b]]), 1.0)[0] for a in grid] for b in grid]
        for level, color in ((0.25, "C0"), (0.5, "C1"), (1, "C2"), (2, "C3")):
            axis.contour(grid, grid, values, levels=[level], colors=color)
            if axis is axes[-1]:
                axis.plot([], [], color=color, label=str(level))  # contours have no entries of their own
        axis.set_title(name)
        axis.set_xlabel("first weight")
        axis.set_ylabel("second weight")
        axis.set_aspect("equal")
    axes[-1].legend(title="penalty", loc="center left", bbox_to_anchor=(1, 0.5))
