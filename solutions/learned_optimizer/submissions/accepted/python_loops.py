"""Plain Python loops over single numbers, nested lists as results, math instead of NumPy."""
import math


def sigmoid(v):
    # math.exp refuses arguments above 709
    if v >= 0:
        return 1.0 / (1.0 + math.exp(-v))
    e = math.exp(v)
    return e / (1.0 + e)


def lstm_cell(z, h, c, weights):
    n_rows = len(z)
    n_hidden = len(h[0])
    n_in = len(z[0])
    h_next = []
    c_next = []
    for k in range(n_rows):
        gates = []
        for row in range(4 * n_hidden):
            total = float(weights["b_ih"][row]) + float(weights["b_hh"][row])
            for j in range(n_in):
                total += float(weights["W_ih"][row][j]) * float(z[k][j])
            for j in range(n_hidden):
                total += float(weights["W_hh"][row][j]) * float(h[k][j])
            gates.append(total)
        h_row = []
        c_row = []
        for u in range(n_hidden):
            i = sigmoid(gates[u])
            f = sigmoid(gates[n_hidden + u])
            g = math.tanh(gates[2 * n_hidden + u])
            o = sigmoid(gates[3 * n_hidden + u])
            new = f * float(c[k][u]) + i * g
            c_row.append(new)
            h_row.append(o * math.tanh(new))
        h_next.append(h_row)
        c_next.append(c_row)
    return h_next, c_next


def preprocess_gradient(grad, p=10.0):
    result = []
    for g in grad:
        g = float(g)
        if abs(g) >= math.exp(-p):
            if g > 0:
                result.append([math.log(g) / p, 1])
            else:
                result.append([math.log(-g) / p, -1])
        else:
            result.append([-1, math.exp(p) * g])
    return result


def learned_step(x, grad, state, weights, scale=0.1):
    n_hidden = len(weights["W_out"])
    if "h" not in state:
        state = {"h": [[0] * n_hidden for _ in x], "c": [[0] * n_hidden for _ in x]}
    h, c = lstm_cell(preprocess_gradient(grad), state["h"], state["c"], weights)
    x_next = []
    for k in range(len(x)):
        update = float(weights["b_out"][0])
        for u in range(n_hidden):
            update += h[k][u] * float(weights["W_out"][u][0])
        x_next.append(float(x[k]) + scale * update)
    return x_next, {"h": h, "c": c}
