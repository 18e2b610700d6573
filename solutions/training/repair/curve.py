"""Train with the functions of training.py, and print the history: the symptom of a repair task.

Other random draws than the solution's give slightly other numbers.
"""

import numpy as np
import training

rng = np.random.default_rng(7)
x, centers = rng.normal(size=(90, 4)), rng.normal(size=(3, 4)) * 1.3
y = np.repeat(np.arange(3), 30)
x = x + centers[y]
rows = rng.permutation(90)
fit, held_out = np.sort(rows[:60]), np.sort(rows[60:])
params = {"W1": rng.normal(size=(4, 12)) / 2, "b1": np.zeros(12), "W2": rng.normal(size=(12, 3)) / 3, "b2": np.zeros(3)}


def run(title, **options):
    """Train once, and print the history with the loss of the best parameters."""
    best, history = training.train(
        {name: value.copy() for name, value in params.items()},
        x[fit], y[fit], x[held_out], y[held_out], np.random.default_rng(0), **options,
    )  # fmt: skip
    loss, _ = training.loss_and_gradients(best, x[held_out], y[held_out], options.get("lam", 0.0))
    print(f"{title}: {len(history['train_loss'])} epochs, best_params have the loss {loss:.3f}")
    print("epoch  train_loss  val_loss  val_accuracy")
    epochs = len(history["train_loss"])
    for epoch in sorted({0, 1, 2, 5, 10, 20, epochs - 1} & set(range(epochs))):
        numbers = (history[name][epoch] for name in ("train_loss", "val_loss", "val_accuracy"))
        print("{:5}  {:10.3f}  {:8.3f}  {:12.3f}".format(epoch, *map(float, numbers)))


run("all at once", lr=0.1, lam=0.01, batch_size=60, epochs=25, decay=0.9)
run("minibatches with dropout", lr=0.05, lam=0.01, p=0.3, batch_size=16, epochs=25, decay=0.95)
run("with patience", lr=0.3, batch_size=16, epochs=60, patience=5)
