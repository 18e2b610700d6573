# The weights of a linear classifier of forty features, of which four tell anything, under each penalty.
with picture("regularized_hinge_loss") as plt:
    rng = np.random.default_rng(0)
    y = np.arange(120) % 3
    x = rng.normal(size=(120, 40))
    x[:, :4] += 1.5 * rng.normal(size=(3, 4))[y]
    _, axes = plt.subplots(1, 4, figsize=(12, 2.8), sharex=True, sharey=True)
    for axis, (penalty, lam) in zip(
        axes, (("l2", 0.0), ("l2", 0.05), ("l1", 0.03), ("elastic_net", 0.02)), strict=True
    ):
        W = 0.1 * rng.normal(size=(40, 3))
        for step in range(400):
            W = W - 0.2 / (1 + step / 20) * np.asarray(regularized_hinge_loss(W, x, y, lam, penalty=penalty)[1])
        label = penalty if lam else "no penalty"
        axis.hist(W.ravel(), bins=np.linspace(-1, 1, 41), label=f"{label}, λ = {lam}")
        axis.set_title(f"{np.mean(np.abs(W) < 0.025):.0%} close to 0")
        axis.set_xlabel("weight")
        axis.legend(fontsize=8)
    axes[0].set_ylabel("how many")
