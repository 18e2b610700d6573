# Forty units of one example, all of them 1: what training drops and scales, and what evaluation does.
with picture("dropout_forward") as plt:
    x = np.ones((1, 40))
    rows = [dropout_forward(x.copy(), 0.3, np.random.default_rng(seed))[0][0] for seed in range(8)]
    rows.append(dropout_forward(x.copy(), 0.3, np.random.default_rng(0), training=False)[0][0])
    plt.figure(figsize=(8, 2.5))
    plt.imshow(rows, cmap="Blues", vmin=0, aspect="auto")
    plt.yticks([0, 8], ["training, 8 draws", "evaluation"])
    plt.xlabel("unit")
    plt.colorbar(label="output")
    plt.title(f"mean over the draws: {np.mean(rows[:8]):.2f}")
