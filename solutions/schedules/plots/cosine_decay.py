# The learning rate over 100 epochs.
with picture("cosine_decay") as plt:
    epochs = np.arange(100)
    plt.figure(figsize=(7, 2.5))
    plt.plot(epochs, [cosine_decay(0.1, epoch, 100) for epoch in epochs], drawstyle="steps-post", label="cosine_decay")
    plt.xlabel("epoch")
    plt.ylabel("learning rate")
    plt.legend()
