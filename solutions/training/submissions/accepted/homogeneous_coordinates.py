"""The biases are the last rows of the weight matrices, x has a column of ones; one flat vector of
parameters, one of velocities, one of penalty factors. All randomness is drawn before training."""
import numpy as np


def _pack(params):
    A = np.vstack([params["W1"], params["b1"]])
    B = np.vstack([params["W2"], params["b2"]])
    return np.concatenate([A.ravel(), B.ravel()]), A.shape, B.shape


def _matrices(theta, a, b):
    cut = a[0] * a[1]
    return theta[:cut].reshape(a), theta[cut:].reshape(b)


def _unpack(theta, a, b):
    A, B = _matrices(theta, a, b)
    return {"W1": A[:-1].copy(), "b1": A[-1].copy(), "W2": B[:-1].copy(), "b2": B[-1].copy()}


def _ones(x):
    return np.pad(x, ((0, 0), (0, 1)), constant_values=1.0)


def _weights_only(a, b):
    A, B = np.ones(a), np.ones(b)
    A[-1] = B[-1] = 0.0
    return np.concatenate([A.ravel(), B.ravel()])


def _objective(theta, a, b, X, y, lam, mask=1.0):
    A, B = _matrices(theta, a, b)
    penalised = _weights_only(a, b)
    pre = X @ A
    on = np.heaviside(pre, 0.0) * mask
    Hid = _ones(pre * on)
    S = Hid @ B
    n, c = S.shape
    E = np.eye(c)[y]
    M = S - (S * E).sum(axis=1, keepdims=True) + 1.0
    V = (M > 0) * (1.0 - E)
    loss = (V * M).sum() / n + lam * np.dot(penalised * theta, theta)
    D = (V - E * V.sum(axis=1, keepdims=True)) / n
    dB = Hid.T @ D
    dA = X.T @ (on * (D @ B[:-1].T))
    return loss, np.concatenate([dA.ravel(), dB.ravel()]) + 2.0 * lam * penalised * theta


def _classes(y):
    return np.asarray(y, dtype=float).astype(int)


def loss_and_gradients(params, x, y, lam):
    theta, a, b = _pack(params)
    loss, gradient = _objective(theta, a, b, _ones(x), _classes(y), lam)
    return loss, _unpack(gradient, a, b)


def _scores(theta, a, b, X):
    A, B = _matrices(theta, a, b)
    return _ones(np.maximum(X @ A, 0.0)) @ B


def predict(params, x):
    return np.argmax(_scores(*_pack(params), _ones(x)), axis=1)


def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32,
          epochs=20, decay=1.0, patience=None):
    n = len(x)
    orders = rng.permuted(np.tile(np.arange(n), (epochs, 1)), axis=1)
    seeds = rng.integers(2 ** 63, size=epochs)
    rates = lr * float(decay) ** np.arange(epochs)

    theta, a, b = _pack(params)
    velocity = np.zeros_like(theta)
    X, y, X_val, y_val = _ones(x), _classes(y), _ones(x_val), _classes(y_val)
    best, lowest, streak = theta, np.inf, 0
    train_loss, val_loss, val_accuracy = [], [], []
    for order, seed, rate in zip(orders, seeds, rates):
        dice = np.random.default_rng(int(seed))
        scale = 1.0 / (1.0 - p) if p < 1 else 0.0
        factors = (dice.random((n, a[1])) >= p) * scale      # a row for each place in the order
        losses = []
        for place in range(0, n, batch_size):
            i = order[place:place + batch_size]
            loss, gradient = _objective(theta, a, b, X[i], y[i], lam, factors[place:place + batch_size])
            velocity = rho * velocity + gradient
            theta = theta - rate * velocity
            losses.append(loss)
        train_loss.append(float(np.average(losses)))
        val_loss.append(float(_objective(theta, a, b, X_val, y_val, lam)[0]))
        val_accuracy.append(float(np.mean(_scores(theta, a, b, X_val).argmax(axis=1) == y_val)))
        streak += 1
        if val_loss[-1] < lowest:
            best, lowest, streak = theta, val_loss[-1], 0
        if streak == patience:
            break
    return _unpack(best, a, b), dict(train_loss=train_loss, val_loss=val_loss, val_accuracy=val_accuracy)


def distinct_units(W1):
    units = np.asarray(W1, dtype=float).T
    chebyshev = np.abs(units[:, None] - units[None]).max(axis=-1)
    # every class of k equal units contributes k times 1/k
    return int(round(float(np.sum(1.0 / (chebyshev <= 1e-9).sum(axis=1)))))
