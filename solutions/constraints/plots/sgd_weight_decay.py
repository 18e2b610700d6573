# One weight that nothing needs, for several decays; and how strongly each pulls at a weight: the slope of a penalty.
with picture("sgd_weight_decay") as plt:
    _, (left, right) = plt.subplots(1, 2, figsize=(9, 3))
    weights = np.linspace(-2, 2, 41)
    for wd in (0.0, 0.1, 0.5, 2.0):
        x, state, path = np.array([1.0]), {}, [1.0]
        for _ in range(60):
            x, state = sgd_weight_decay(np.asarray(x), np.zeros(1), state, 0.05, wd)
            path.append(float(x[0]))
        left.plot(path, label=f"wd = {wd}")
        stepped, _ = sgd_weight_decay(weights.copy(), np.zeros(41), {}, 0.05, wd)
        right.plot(weights, (weights - np.asarray(stepped)) / 0.05, label=f"wd = {wd}")
    for axis, across, up in ((left, "step", "weight"), (right, "weight", "pull")):
        axis.set_xlabel(across)
        axis.set_ylabel(up)
        axis.legend()
