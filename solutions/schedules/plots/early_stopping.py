# A validation loss that falls, then rises: where training stops, and what is kept.
with picture("early_stopping") as plt:
    epochs = np.arange(60)
    losses = (epochs / 25 - 1) ** 2 + 0.5 + np.random.default_rng(0).normal(0, 0.05, 60)
    stop, best = (int(epoch) for epoch in early_stopping(losses.copy(), patience=8))
    plt.figure(figsize=(7, 2.5))
    plt.plot(epochs, losses, color="0.6", label="validation loss")
    plt.axvline(stop, color="C3", label=f"stops at {stop}")
    plt.plot(best, losses[best], "o", color="C2", label=f"keeps {best}")
    plt.xlabel("epoch")
    plt.ylabel("validation loss")
    plt.legend()
