# A small network learns from badly scaled data, with your layer in it and without.
with picture("batchnorm_backward") as plt:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(64, 4)) * [0.1, 1.0, 3.0, 10.0] + [1.0, 0.0, 5.0, -20.0]
    t = np.sin(X[:, 1]) + 0.5 * np.tanh(X[:, 2] - 5.0)
    W, w = rng.normal(size=(4, 16)) * 0.3, rng.normal(size=16) * 0.3
    plt.figure(figsize=(6, 3))
    for normalized in (True, False):
        first, last, gamma, beta, losses = W.copy(), w.copy(), np.ones(16), np.zeros(16), []
        running = {"mean": np.zeros(16), "var": np.ones(16)}
        for _ in range(150):
            s = X @ first
            if normalized:
                y, cache, running = batchnorm_forward(s, gamma, beta, running)
                y = np.asarray(y)
            else:
                y = s
            error = np.tanh(y) @ last - t
            losses.append(np.mean(error**2))
            dy = np.outer(2 * error / len(t), last) * (1 - np.tanh(y) ** 2)
            last = last - 0.1 * np.tanh(y).T @ (2 * error / len(t))
            if normalized:
                dy, dgamma, dbeta = (np.asarray(each) for each in batchnorm_backward(dy, cache))
                gamma, beta = gamma - 0.1 * dgamma, beta - 0.1 * dbeta
            first = first - 0.1 * X.T @ dy
        plt.semilogy(losses, label="with your layer" if normalized else "without")
    plt.ylim(1e-2, 1e3)  # without, it leaves the picture
    plt.xlabel("step")
    plt.ylabel("training loss")
    plt.legend()
