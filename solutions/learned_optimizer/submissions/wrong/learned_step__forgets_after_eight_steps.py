"""After eight steps the memory starts again."""

_right = learned_step


def learned_step(x, grad, state, weights, scale=0.1):
    count = state.get("count", 0)
    if count >= 8:
        state = {}
    x_next, state_next = _right(x, grad, state, weights, scale)
    return x_next, {**state_next, "count": count + 1}
