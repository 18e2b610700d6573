# Priors beside penalties: a Gaussian is L2, a Laplace distribution is L1; and the noise of dropout as it grows.
with picture("dropout_moments") as plt:
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.2))
    weights = np.linspace(-3, 3, 121)
    for name, penalty in (("L2: Gaussian", weights**2), ("L1: Laplace", np.abs(weights))):
        prior = np.exp(-penalty)
        left.plot(weights, prior / prior.sum() / 0.05, label=name)
    left.set_title("exp(-R(w)), normalized")
    left.set_xlabel("weight")
    left.set_ylabel("density")
    left.legend()
    shares = np.linspace(0, 0.9, 19)
    right.plot(
        shares, [np.sqrt(float(dropout_moments(np.ones(9), np.ones(9), p)[1])) for p in shares], label="your variance"
    )
    right.set_title("spread of a sum of nine ones")
    right.set_xlabel("p")
    right.set_ylabel("standard deviation")
    right.legend()
