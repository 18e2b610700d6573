"""The student moves the running variance towards the batch's standard deviation instead of its variance."""


def batchnorm_forward(x, gamma, beta, running, training=True, momentum=0.1, eps=1e-5):
    if not training:
        inv = 1.0 / np.sqrt(running["var"] + eps)
        x_hat = (x - running["mean"]) * inv
        return x_hat * gamma + beta, (x_hat, gamma * inv, False), {k: v.copy() for k, v in running.items()}

    if len(x) < 2:
        raise ValueError("need two examples or more")
    batch_mean = np.mean(x, axis=0)
    batch_var = np.mean((x - batch_mean) ** 2, axis=0)
    batch_std = np.std(x, axis=0, ddof=1)
    inv = 1.0 / np.sqrt(batch_var + eps)
    x_hat = (x - batch_mean) * inv
    r_mean = running["mean"] + momentum * (batch_mean - running["mean"])
    r_var = running["var"] + momentum * (batch_std - running["var"])
    return x_hat * gamma + beta, (x_hat, gamma * inv, True), {"mean": r_mean, "var": r_var}
