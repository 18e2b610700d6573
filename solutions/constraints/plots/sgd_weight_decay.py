# One weight that nothing needs, for several decays.
with picture("sgd_weight_decay") as plt:
    plt.figure(figsize=(5, 3))
    for wd in (0.0, 0.1, 0.5, 2.0):
        x, state, path = np.array([1.0]), {}, [1.0]
        for _ in range(60):
            x, state = sgd_weight_decay(np.asarray(x), np.zeros(1), state, 0.05, wd)
            path.append(float(x[0]))
        plt.plot(path, label=f"wd = {wd}")
    plt.xlabel("step")
    plt.ylabel("weight")
    plt.legend()
