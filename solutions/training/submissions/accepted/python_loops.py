"""No NumPy in the arithmetic: lists of lists, plain loops, math.fsum; lists come back instead of arrays."""
import math


def _aslist(a):
    return a.tolist() if hasattr(a, "tolist") else a


def _run(P, xs, ys, lam, masks):
    W1, b1, W2, b2 = P["W1"], P["b1"], P["W2"], P["b2"]
    D, H, C = len(W1), len(b1), len(b2)
    n = len(xs)
    gW1 = [[2 * lam * W1[d][h] for h in range(H)] for d in range(D)]
    gW2 = [[2 * lam * W2[h][c] for c in range(C)] for h in range(H)]
    gb1 = [0.0] * H
    gb2 = [0.0] * C
    loss = 0.0
    for i in range(n):
        row = xs[i]
        hid = []
        for h in range(H):
            a = b1[h]
            for d in range(D):
                a += row[d] * W1[d][h]
            if a > 0 and masks[i][h]:
                hid.append(a * masks[i][h])
            else:
                hid.append(0.0)
        s = []
        for c in range(C):
            v = b2[c]
            for h in range(H):
                v += hid[h] * W2[h][c]
            s.append(v)
        ds = [0.0] * C
        for c in range(C):
            if c == ys[i]:
                continue
            m = s[c] - s[ys[i]] + 1
            if m > 0:
                loss += m / n
                ds[c] += 1 / n
                ds[ys[i]] -= 1 / n
        for c in range(C):
            if ds[c] == 0:
                continue
            gb2[c] += ds[c]
            for h in range(H):
                gW2[h][c] += hid[h] * ds[c]
        for h in range(H):
            if hid[h] == 0:
                continue
            da = 0.0
            for c in range(C):
                da += ds[c] * W2[h][c]
            da *= masks[i][h]
            gb1[h] += da
            for d in range(D):
                gW1[d][h] += row[d] * da
    squares = math.fsum(w * w for r in W1 for w in r) + math.fsum(w * w for r in W2 for w in r)
    return loss + lam * squares, {"W1": gW1, "b1": gb1, "W2": gW2, "b2": gb2}


def loss_and_gradients(params, x, y, lam):
    P = {k: _aslist(v) for k, v in params.items()}
    xs, ys = _aslist(x), _aslist(y)
    return _run(P, xs, ys, lam, [[1.0] * len(P["b1"])] * len(xs))


def predict(params, x):
    P = {k: _aslist(v) for k, v in params.items()}
    out = []
    for row in _aslist(x):
        hid = []
        for h in range(len(P["b1"])):
            a = P["b1"][h] + sum(row[d] * P["W1"][d][h] for d in range(len(row)))
            hid.append(a if a > 0 else 0.0)
        best, best_score = 0, -math.inf
        for c in range(len(P["b2"])):
            score = P["b2"][c] + sum(hid[h] * P["W2"][h][c] for h in range(len(hid)))
            if score > best_score:
                best, best_score = c, score
        out.append(best)
    return out


def train(params, x, y, x_val, y_val, rng, lr=1e-2, rho=0.9, lam=0.0, p=0.0, batch_size=32, epochs=20, decay=1.0,
          patience=None):
    P = {k: _aslist(v) for k, v in params.items()}
    xs, ys, xv, yv = _aslist(x), _aslist(y), _aslist(x_val), _aslist(y_val)
    H = len(P["b1"])
    V = {"W1": [[0.0] * H for _ in P["W1"]], "b1": [0.0] * H,
         "W2": [[0.0] * len(P["b2"]) for _ in P["W2"]], "b2": [0.0] * len(P["b2"])}
    history = {"train_loss": [], "val_loss": [], "val_accuracy": []}
    best, lowest, bad = None, math.inf, 0
    index = list(range(len(xs)))
    rate = lr
    for e in range(epochs):
        # Fisher-Yates
        for i in range(len(index) - 1, 0, -1):
            j = int(rng.integers(0, i + 1))
            index[i], index[j] = index[j], index[i]
        losses = []
        at = 0
        while at < len(index):
            some = index[at:at + batch_size]
            at += batch_size
            masks = []
            for _ in some:
                if p == 0:
                    masks.append([1.0] * H)
                else:
                    masks.append([0.0 if u < p else 1 / (1 - p) for u in rng.random(H).tolist()])
            loss, g = _run(P, [xs[i] for i in some], [ys[i] for i in some], lam, masks)
            losses.append(loss)
            for k in ("W1", "W2"):
                for r in range(len(P[k])):
                    for c in range(len(P[k][r])):
                        V[k][r][c] = rho * V[k][r][c] + g[k][r][c]
                        P[k][r][c] -= rate * V[k][r][c]
            for k in ("b1", "b2"):
                for c in range(len(P[k])):
                    V[k][c] = rho * V[k][c] + g[k][c]
                    P[k][c] -= rate * V[k][c]
        rate *= decay
        history["train_loss"].append(math.fsum(losses) / len(losses))
        vloss = _run(P, xv, yv, lam, [[1.0] * H] * len(xv))[0]
        history["val_loss"].append(vloss)
        hits = 0
        for guess, truth in zip(predict(P, xv), yv):
            hits += guess == truth
        history["val_accuracy"].append(hits / len(yv))
        if best is None or vloss < lowest:
            best = {"W1": [r[:] for r in P["W1"]], "b1": P["b1"][:], "W2": [r[:] for r in P["W2"]], "b2": P["b2"][:]}
            lowest, bad = vloss, 0
        else:
            bad += 1
            if bad == patience:
                break
    return best, history


def distinct_units(W1):
    W1 = _aslist(W1)
    n = 0
    for h in range(len(W1[0])):
        for g in range(h):
            if max(abs(row[h] - row[g]) for row in W1) <= 1e-9:
                break
        else:
            n += 1
    return n
