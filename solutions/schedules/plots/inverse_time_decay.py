# The learning rate over 100 epochs.
with picture("inverse_time_decay") as plt:
    epochs = np.arange(100)
    plt.figure(figsize=(7, 2.5))
    plt.plot(
        epochs, [inverse_time_decay(0.1, epoch) for epoch in epochs], drawstyle="steps-post", label="inverse_time_decay"
    )
    plt.xlabel("epoch")
    plt.ylabel("learning rate")
    plt.legend()
