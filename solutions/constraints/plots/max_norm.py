# Two hundred columns of two weights each, before and after the projection onto the ball.
with picture("max_norm") as plt:
    W = np.random.default_rng(0).normal(size=(2, 200))
    constrained = np.asarray(max_norm(W.copy(), 1.2))
    plt.figure(figsize=(4.5, 4.5))
    plt.plot(*W, ".", color="lightgray", label="before")
    plt.plot(*constrained, ".", label="after")
    plt.gca().set_aspect("equal")
    plt.xlabel("first weight of a column")
    plt.ylabel("second weight")
    plt.legend()
    plt.title(f"longest column: {np.linalg.norm(constrained, axis=0).max():.2f}")
