# A network on the wine data: its losses, and what it gets right.
with picture("train") as plt:
    with open("data/wine.csv") as file:
        table = np.loadtxt(file, delimiter=",", skiprows=1)
    rng = np.random.default_rng(0)
    order = rng.permutation(len(table))
    x, y = table[order, :-1], table[order, -1].astype(int)
    x = (x - x[:118].mean(axis=0)) / x[:118].std(axis=0)
    W1, W2 = rng.normal(0, 0.3, (13, 20)), rng.normal(0, 0.3, (20, 3))
    params = {"W1": W1, "b1": np.zeros(20), "W2": W2, "b2": np.zeros(3)}
    _, history = train(params, x[:118], y[:118], x[118:], y[118:], rng, lam=1e-3, p=0.2, epochs=25)
    _, (left, right) = plt.subplots(1, 2, figsize=(9, 3))
    left.plot(history["train_loss"], label="training loss")
    left.plot(history["val_loss"], label="validation loss")
    left.set_ylabel("loss")
    left.legend()
    right.plot(history["val_accuracy"], color="C2", label="validation accuracy")
    right.set_ylabel("share that is right")
    right.legend()
    for axis in (left, right):
        axis.set_xlabel("epoch")
        axis.grid(alpha=0.3)
