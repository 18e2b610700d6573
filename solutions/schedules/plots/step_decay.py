# The learning rate over 100 epochs.
with picture("step_decay") as plt:
    epochs = np.arange(100)
    plt.figure(figsize=(7, 2.5))
    plt.plot(epochs, [step_decay(0.1, epoch) for epoch in epochs], drawstyle="steps-post", label="step_decay")
    plt.xlabel("epoch")
    plt.ylabel("learning rate")
    plt.legend()
