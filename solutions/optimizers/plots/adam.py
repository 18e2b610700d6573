# All optimizers that you have written, in a valley that is a hundred times steeper across than along.
with picture("adam") as plt:
    steepness = np.array([1.0, 100.0])
    rates = {"sgd": 0.015, "momentum": 0.005, "adagrad": 0.3, "rmsprop": 0.03, "adadelta": 1.0, "adam": 0.05}
    along, across = np.meshgrid(np.linspace(-0.4, 1.2, 80), np.linspace(-0.7, 0.7, 80))
    plt.figure(figsize=(8, 4))
    plt.contour(along, across, along**2 + 100 * across**2, [0.1, 0.4, 1, 2.5, 6, 15, 40], colors="0.8")
    for name, rate in rates.items():
        x, state, path = np.array([1.0, 0.5]), {}, [np.array([1.0, 0.5])]
        try:
            for _ in range(60):
                x, state = globals()[name](x, steepness * x, state, lr=rate)
                path.append(np.array(x, float))
        except (NotImplementedError, KeyError):
            if name == "adam":
                raise  # the others may be missing
            continue
        bold = {"linewidth": 2.5} if name == "adam" else {"linewidth": 1, "alpha": 0.7}
        loss = 0.5 * np.sum(steepness * path[-1] ** 2)
        plt.plot(*np.transpose(path), ".-", markersize=3, label=f"{name}: loss {loss:.0e} after 60 steps", **bold)
    plt.plot(0, 0, "k*", label="minimum")
    plt.xlabel("first weight")
    plt.ylabel("second weight")
    plt.legend(fontsize=8)
