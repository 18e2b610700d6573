# The lines of equal penalty for two weights: a circle, a diamond, and what lies between.
with picture("elastic_net") as plt:
    grid = np.linspace(-1.5, 1.5, 61)
    _, axes = plt.subplots(1, 3, figsize=(9, 3), sharey=True)
    curves = {"l2": l2, "l1": l1, "elastic net": lambda W, lam: elastic_net(W, lam, 0.5)}
    for axis, (name, penalty) in zip(axes, curves.items(), strict=True):
        values = [[penalty(np.array([[a], [b]]), 1.0)[0] for a in grid] for b in grid]
        axis.contour(grid, grid, values, levels=[0.25, 0.5, 1, 2])
        axis.set_title(name)
        axis.set_xlabel("first weight")
        axis.set_ylabel("second weight")
        axis.set_aspect("equal")
