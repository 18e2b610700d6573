# Three weights with gradients of very different size around zero: how fast does each of them decay?
with picture("adamw") as plt:
    rng, sizes = np.random.default_rng(0), np.array([0.01, 1.0, 100.0])
    x, state, path = np.ones(3), {}, [np.ones(3)]
    for _ in range(400):
        x, state = adamw(np.asarray(x), rng.normal(size=3) * sizes, state, 1e-3, wd=5.0)
        path.append(np.array(x))
    plt.figure(figsize=(5, 3))
    for weight, size in zip(np.transpose(path), sizes, strict=True):
        plt.plot(weight, label=f"gradients of size {size:g}")
    plt.xlabel("step")
    plt.ylabel("weight")
    plt.legend()
