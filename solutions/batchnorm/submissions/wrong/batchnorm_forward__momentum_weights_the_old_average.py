"""The student weights the old running values by momentum and the batch by 1 - momentum."""


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    N = x.shape[0]
    if training:
        if N < 2:
            raise ValueError("batch too small")
        mu = x.mean(axis=0)
        var = x.var(axis=0)
        new_running = {
            "mean": momentum * running["mean"] + (1 - momentum) * mu,
            "var": momentum * running["var"] + (1 - momentum) * x.var(axis=0, ddof=1),
        }
    else:
        mu = running["mean"]
        var = running["var"]
        new_running = dict(running)
    std = np.sqrt(var + eps)
    xhat = (x - mu) / std
    y = gamma * xhat + beta
    return y, (xhat, gamma / std, training), new_running
