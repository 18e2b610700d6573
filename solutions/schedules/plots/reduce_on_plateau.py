# A loss that gets stuck twice, and the learning rate that answers.
with picture("reduce_on_plateau") as plt:
    losses = np.concatenate([np.linspace(2, 1, 20), np.ones(25), np.linspace(1, 0.6, 15), np.full(30, 0.6)])
    rates = reduce_on_plateau(losses.copy(), 0.1, factor=0.5, patience=8)
    _, (above, below) = plt.subplots(2, 1, figsize=(7, 4), sharex=True)
    above.plot(losses, label="loss")
    above.set_ylabel("loss")
    below.plot(rates, drawstyle="steps-post", color="C1", label="your rates")
    below.set_ylabel("learning rate")
    below.set_xlabel("epoch")
    above.legend()
    below.legend()
