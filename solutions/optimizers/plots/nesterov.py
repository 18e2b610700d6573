# The way down a valley that is a hundred times steeper across than along, beside that of momentum if it is written.
with picture("nesterov") as plt:
    steepness = np.array([1.0, 100.0])
    x, state, path = np.array([1.0, 0.5]), {}, [np.array([1.0, 0.5])]
    for _ in range(60):
        x, state = nesterov(x, lambda point: steepness * point, state, lr=0.005)
        path.append(np.array(x, float))
    along, across = np.meshgrid(np.linspace(-0.4, 1.2, 80), np.linspace(-0.7, 0.7, 80))
    plt.figure(figsize=(7, 3))
    levels = [0.1, 0.4, 1, 2.5, 6, 15, 40]
    plt.contour(along, across, along**2 + 100 * across**2, levels, colors="0.8")
    plt.plot(*np.transpose(path), ".-", markersize=4, label="nesterov")
    try:
        other, cache, way = np.array([1.0, 0.5]), {}, [np.array([1.0, 0.5])]
        for _ in range(60):
            other, cache = momentum(other, steepness * other, cache, lr=0.005)
            way.append(other)
        plt.plot(*np.transpose(way), ".-", color="C1", markersize=3, linewidth=1, alpha=0.7, label="momentum")
    except (NotImplementedError, NameError):
        pass
    plt.plot(0, 0, "k*", label="minimum")
    plt.xlabel("first weight")
    plt.ylabel("second weight")
    plt.legend()
    plt.title(f"nesterov: 60 steps, loss {0.5 * np.sum(steepness * path[-1] ** 2):.1e} at the end")
