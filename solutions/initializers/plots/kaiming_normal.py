# The spread of activations through ten ReLU layers: does the signal fade, grow, or live?
with picture("kaiming_normal") as plt:
    rng = np.random.default_rng(0)
    x, spread = rng.normal(size=(500, 200)), [1.0]
    for _ in range(10):
        x = np.maximum(0, x @ np.asarray(kaiming_normal(200, 200, rng)))
        spread.append(np.std(x))
    plt.figure(figsize=(6, 2.5))
    plt.semilogy(spread, "o-", label="kaiming_normal")
    plt.ylim(min(0.03, *spread), max(10, *spread))
    plt.xlabel("layer")
    plt.ylabel("standard deviation")
    plt.title("kaiming_normal")
    plt.legend()
    plt.grid(alpha=0.3)
