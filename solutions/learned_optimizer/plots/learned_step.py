# A cell with weights made by hand, which remembers which way was down, beside Adam in the same valley.
with picture("learned_step") as plt:
    # One unit: its gates stand open, but for the forget gate, which keeps a part of what was; it sees the sign alone.
    weights = {"W_ih": np.array([[0.0, 0.0], [0.0, 0.0], [0.0, 1.0], [0.0, 0.0]]), "W_hh": np.zeros((4, 1))}
    weights |= {"b_ih": np.array([4.0, 0.4, 0.0, 4.0]), "b_hh": np.zeros(4)}
    weights |= {"W_out": np.array([[-1.0]]), "b_out": np.zeros(1)}
    steepness, start = np.array([1.0, 20.0]), np.array([1.0, 0.5])
    x, state, own = start, {}, [start]
    for step in range(60):
        x, state = learned_step(x, steepness * x, state, weights, scale=0.06 * 0.95**step)
        own.append(np.array(x, float))
    x, m, c, adam = start, 0.0, 0.0, [start]
    for t in range(1, 61):
        grad = steepness * x
        m, c = 0.9 * m + 0.1 * grad, 0.999 * c + 0.001 * grad**2
        x = x - 0.05 * (m / (1 - 0.9**t)) / (np.sqrt(c / (1 - 0.999**t)) + 1e-8)
        adam.append(x)
    along, across = np.meshgrid(np.linspace(-0.4, 1.2, 80), np.linspace(-0.4, 0.7, 80))
    plt.figure(figsize=(7, 3))
    plt.contour(along, across, along**2 + 20 * across**2, [0.05, 0.2, 0.6, 1.5, 4, 8], colors="0.8")
    plt.plot(*np.transpose(adam), ".-", color="C1", markersize=3, label="Adam")
    plt.plot(*np.transpose(own), ".-", markersize=4, label="your learned_step")
    plt.plot(0, 0, "k*", label="minimum")
    plt.xlabel("first weight")
    plt.ylabel("second weight")
    plt.legend()
