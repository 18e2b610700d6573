# Gradient descent on the mean of noisy squares, in your batches: the smaller they are, the noisier is the way.
with picture("minibatches") as plt:
    rng = np.random.default_rng(0)
    data = rng.normal(3.0, 2.0, size=512)
    plt.figure(figsize=(7, 3))
    for batch_size in (1, 8, 64, 512):
        x, losses = 0.0, []
        while len(losses) < 200:
            for batch in minibatches(512, batch_size, rng):
                losses.append(0.5 * np.mean((x - data) ** 2))
                x -= 0.1 * np.mean(x - data[np.asarray(batch)])
        plt.plot(losses[:200], label=f"batches of {batch_size}", linewidth=1)
    plt.xlabel("step")
    plt.ylabel("loss on all data")
    plt.legend()
