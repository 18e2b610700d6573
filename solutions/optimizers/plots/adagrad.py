# The way down a valley that is a hundred times steeper across than along, and how the steps fade on the way.
with picture("adagrad") as plt:
    steepness = np.array([1.0, 100.0])
    x, state, path = np.array([1.0, 0.5]), {}, [np.array([1.0, 0.5])]
    for _ in range(60):
        x, state = adagrad(x, steepness * x, state, lr=0.3)
        path.append(np.array(x, float))
    along, across = np.meshgrid(np.linspace(-0.4, 1.2, 80), np.linspace(-0.7, 0.7, 80))
    _, (left, right) = plt.subplots(1, 2, figsize=(11, 3))
    levels = [0.1, 0.4, 1, 2.5, 6, 15, 40]
    left.contour(along, across, along**2 + 100 * across**2, levels, colors="0.8")
    left.plot(*np.transpose(path), ".-", markersize=4, label="adagrad")
    left.plot(0, 0, "k*", label="minimum")
    left.set_title(f"60 steps, loss {0.5 * np.sum(steepness * path[-1] ** 2):.1e} at the end")
    x, state, steps = np.zeros(1), {}, []
    for _ in range(200):  # the same gradient all the time
        x_next, state = adagrad(x.copy(), np.ones(1), state, lr=0.3)
        steps.append(float(np.abs(np.asarray(x_next, float) - x)[0]))
        x = np.array(x_next, float)
    right.plot(range(1, 201), steps, label="length of a step")
    right.set_title("the gradient is always 1")
    for axis, across, up in ((left, "first weight", "second weight"), (right, "step", "length")):
        axis.set_xlabel(across)
        axis.set_ylabel(up)
        axis.legend()
