# A gradient of two parts, made longer and longer: the direction stays where it was.
with picture("clip_by_global_norm") as plt:
    plt.figure(figsize=(5, 4))
    for size in (0.3, 0.6, 1.2, 2.4):
        grads = {"W": np.array([[0.9 * size]]), "b": np.array([0.5 * size])}
        clipped, norm = clip_by_global_norm(grads, 1.0)
        plt.plot([0, 0.9 * size], [0, 0.5 * size], color="lightgray")
        plt.plot(clipped["W"][0][0], clipped["b"][0], "o", label=f"norm {float(norm):.2f}")
    plt.xlabel("gradient of W")
    plt.ylabel("gradient of b")
    plt.legend()
