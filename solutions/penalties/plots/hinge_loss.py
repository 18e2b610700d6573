# The loss of one example as the right class's score moves past another one that lies at 0.
with picture("hinge_loss") as plt:
    scores = np.linspace(-2, 3, 101)
    plt.figure(figsize=(5, 3))
    plt.plot(scores, [hinge_loss(np.array([[score, 0.0]]), np.array([0]))[0] for score in scores], label="hinge loss")
    plt.xlabel("lead of the right class")
    plt.ylabel("loss")
    plt.legend()
    plt.grid(alpha=0.3)
