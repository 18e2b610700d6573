# The mean output of one unit over more and more draws of training, beside what evaluation gives, for several p.
with picture("vanilla_dropout_forward") as plt:
    plt.figure(figsize=(6, 3))
    for number, p in enumerate((0.2, 0.5, 0.8)):
        rng = np.random.default_rng(0)
        draws = np.asarray(vanilla_dropout_forward(np.ones((400, 1)), p, rng)[0])[:, 0]
        means = np.cumsum(draws) / np.arange(1, 401)
        plt.plot(means, color=f"C{number}", label=f"mean in training, p = {p}")
        tested = vanilla_dropout_forward(np.ones((1, 1)), p, rng, training=False)[0]
        plt.axhline(float(np.asarray(tested)[0, 0]), color=f"C{number}", linestyle="--")
    plt.plot([], [], "k--", label="in evaluation")
    plt.xlabel("draws")
    plt.ylabel("output for an input of 1")
    plt.legend(fontsize=8)
