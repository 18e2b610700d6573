"""Hidden checks of weight constraints.

Sizes and memory layouts are odd, gradients differ in scale, rates change from step to step, and each constraint shows
the property that it is known for: a projection changes nothing twice, clipping keeps the direction, decoupled decay
takes the same share of every weight.
"""

from __future__ import annotations

import numpy as np

from autograder.authoring import strided

from .public_checks import (
    MOMENTS,
    adamw,
    clip_by_global_norm,
    columns,
    expect_clipped,
    max_norm,
    network,
    sgd_weight_decay,
    walk,
)

# ---- max_norm


@max_norm.check(points=6)
def other_sizes(student, inputs, expect):
    """It is right for other sizes, limits and memory layouts"""
    cases = (
        ([9.0, 2.0, 40.0], 7, 3.5, np.asfortranarray),
        ([0.9, 0.05, 0.2, 0.6, 0.02, 0.5], 2, 0.11, strided),
        ([300.0], 5, 20.0, np.asarray),
        ([4.0, 0.5, 0.2, 8.0], 1, 1.5, np.asarray),
        ([2.4, 0.3], 20, 1.1, np.asarray),
    )
    for norms, rows, c, layout in cases:
        what = f"shape {(rows, len(norms))}, c={c}"
        constrained = student.at(what).max_norm(W=layout(columns(inputs, norms, rows)), c=c)
        expect.reference(f"constrained for {what}", constrained)


@max_norm.check(points=4)
def norms_and_directions(student, inputs, expect):
    """A column that was too long has norm c and the direction that it had; doing it twice changes nothing"""
    W, c = columns(inputs, [4.0, 0.5, 12.0, 3.0], 6), 0.8
    once = student.max_norm(W, c)
    before, after = np.linalg.norm(W, axis=0), np.linalg.norm(once, axis=0)
    expect.close("the norms of the columns", after, np.minimum(before, c))
    expect.close("the cosine of each column with what it was", np.sum(W * once, axis=0) / before / after, np.ones(4))
    expect.close("the same again", student.at("again").max_norm(once, 1.001 * c), once)


@max_norm.check(points=3)
def short_columns(student, inputs, expect):
    """Where no column is too long, nothing changes"""
    W = columns(inputs, [1.2, 0.3, 0.9], 4)
    tight, wide = student.max_norm(W, 0.7), student.at("a wide ball").max_norm(W, 2.5)
    expect.reference("constrained with c=0.7", tight)
    expect.close("constrained with c=2.5", wide, W)


@max_norm.check(points=3)
def refuses_no_radius(student, inputs, expect):
    """A c of 0 or less is a ValueError"""
    W = columns(inputs, [3.0, 0.5], 3)
    expect.reference("constrained with c=1.4", student.max_norm(W, 1.4))
    for size, c in ((1.0, -1.4), (1.0, 0.0), (0.0, 0.0)):
        with expect.raises(ValueError, f"c={c:g} with {'zeros' if size == 0 else 'long columns'}"):
            student.max_norm(size * W, c)


# ---- clip_by_global_norm


OTHER_SHAPES = {"b": (1,), "W": (2, 3, 5), "scale": (6, 2)}
ROWS_AND_COLUMNS = {"b": (1, 4), "W": (20, 1), "scale": (3,)}


def other_network(inputs, size, shapes=OTHER_SHAPES):
    """Return gradients of other shapes, in other memory layouts, whose norm is `size`."""
    grads = {name: inputs.apart(*shape) for name, shape in shapes.items()}
    norm = np.sqrt(sum(np.sum(grad**2) for grad in grads.values()))
    layouts = {"b": np.asarray, "W": np.asfortranarray, "scale": strided}
    return {name: layouts[name](grad / norm * size) for name, grad in grads.items()}


@clip_by_global_norm.check(points=6)
def other_shapes(student, inputs, expect):
    """It is right for other shapes and limits, on either side of them"""
    for size, limit in ((40.0, 0.9), (0.4, 0.1), (3.0, 5.0), (0.5, 0.8)):
        what = f" for a norm of {size:g} and max_norm={limit:g}"
        grads = other_network(inputs, size)
        expect_clipped(expect, *student.at(what.strip()).clip_by_global_norm(grads=grads, max_norm=limit), where=what)
    for size, limit in ((1800.0, 40.0), (700.0, 900.0)):
        what = f" for rows and columns of norm {size:g} and max_norm={limit:g}"
        grads = other_network(inputs, size, ROWS_AND_COLUMNS)
        expect_clipped(expect, *student.at(what.strip()).clip_by_global_norm(grads, limit), where=what)


@clip_by_global_norm.check(points=4)
def direction_stays(student, inputs, expect):
    """The clipped gradients have the norm max_norm, and the direction that they had"""
    grads = network(inputs, 9.0)
    grads["b"], grads["scale"] = grads["b"] * 0.01, np.asarray(grads["scale"] * 20)
    clipped, norm = student.clip_by_global_norm(grads, 0.6)
    before, after = (np.concatenate([each[name].ravel() for name in ("W", "b", "scale")]) for each in (grads, clipped))
    expect.close("norm", norm, np.linalg.norm(before))
    expect.close("the norm of what is clipped", np.linalg.norm(after), 0.6)
    cosine = np.sum(before * after) / np.linalg.norm(before) / np.linalg.norm(after)
    expect.close("the cosine of the gradients before and after", cosine, 1.0)


@clip_by_global_norm.check(points=4)
def small_gradients(student, inputs, expect):
    """Small gradients are scaled exactly, too: nothing is added to the norm"""
    grads = network(inputs, 0.01)
    clipped, norm = student.clip_by_global_norm(grads, 0.004)
    expect_clipped(expect, *student.at("a norm of 5").clip_by_global_norm(network(inputs, 5.0), 0.4))
    expect.close("norm of small gradients", norm, 0.01)
    share = np.sqrt(sum(np.sum(grad**2) for grad in clipped.values())) / 0.004
    # 1e-6 beside a norm of 0.01 makes 1e-4; what single precision or a harmless guard makes is a hundredth of that.
    expect.that(abs(share - 1) < 2e-5, "The norm of clipped small gradients is not max_norm.")


@clip_by_global_norm.check(points=3)
def refuses_no_limit(student, inputs, expect):
    """A max_norm of 0 or less is a ValueError, whatever the gradients"""
    expect_clipped(expect, *student.clip_by_global_norm(network(inputs, 3.0), 1.4))
    for size, limit in ((3.0, -1.4), (3.0, 0.0), (0.0, 0.0)):
        with expect.raises(ValueError, f"max_norm={limit:g} with gradients of norm {size:g}"):
            student.clip_by_global_norm(network(inputs, size), limit)


# ---- sgd_weight_decay


@sgd_weight_decay.check(points=4)
def other_rates(student, inputs, expect):
    """Steps are right for other shapes, rates and decays"""
    for shape, wd, layout in (((2, 3, 2), 1.6, np.asfortranarray), ((5,), 0.05, strided), ((1, 4), 0.0, np.asarray)):
        x, state = inputs.apart(*shape), {}
        for t in range(1, 4):
            what, lr = f"shape {shape}, wd={wd:g}, step {t}", inputs.number(0.05, 0.4)
            grad = layout(inputs.apart(*shape))
            x, state = student.at(what).sgd_weight_decay(x=layout(x), grad=grad, state=state, lr=lr, wd=wd)
            expect.reference(f"x after {what}", x)
    x, grads = inputs.apart(20, 1, least=110.0, most=400.0), inputs.apart(7, 20, 1, least=20.0, most=90.0)
    walk(student, expect, sgd_weight_decay, x, grads, (0.2, 0.1, 0.3, 0.2, 0.1, 0.3, 0.2), prefix="a column: ", wd=0.3)


@sgd_weight_decay.check(points=3)
def the_slope_of_a_penalty(student, inputs, expect):
    """A step is one of gradient descent on the loss plus wd/2 times the squares of x"""
    x, grad, lr, wd = inputs.apart(3, 2), inputs.apart(3, 2), 0.15, 0.8
    x_next, _ = student.sgd_weight_decay(x, grad, {}, lr, wd)
    plain, _ = student.at("no decay").sgd_weight_decay(x, grad, {}, lr, 0.0)
    alone, _ = student.at("no gradient").sgd_weight_decay(x, np.zeros((3, 2)), {}, lr, wd)
    expect.close("the step without decay", x - plain, lr * grad)
    expect.close("what is left of x without a gradient", alone / x, np.full((3, 2), 1 - lr * wd))
    expect.close("x_next", x_next, x - lr * grad - lr * wd * x)


@sgd_weight_decay.check(points=3)
def default_decay(student, inputs, expect):
    """Without being told, it decays by 1e-2"""
    x, grads = inputs.apart(3, least=20.0, most=90.0), inputs.apart(3, 3, least=20.0, most=90.0)
    walk(student, expect, sgd_weight_decay, x, grads, (0.3, 0.2, 0.4))


@sgd_weight_decay.check(points=2)
def two_runs(student, inputs, expect):
    """Two interleaved runs don't know of one another"""
    runs = {"a": (inputs.apart(3), {}), "b": (inputs.apart(3), {})}
    for t in range(1, 4):
        for name, (x, state) in runs.items():
            step = student.at(f"step {t} of {name}")
            runs[name] = step.sgd_weight_decay(x, inputs.apart(3), state, inputs.number(0.1, 0.4), 0.6)
            expect.reference(f"x of {name} after step {t}", runs[name][0])


# ---- adamw


@adamw.check(points=6)
def while_the_rate_changes(student, inputs, expect):
    """It agrees with PyTorch for gradients of every scale, while the learning rate changes"""
    x, state = inputs.apart(2, 3), {}
    scales = np.array([[1.0, 1e-4, 30.0], [0.1, 5.0, 0.01]])
    for t, grad in enumerate(inputs.apart(6, 2, 3, least=0.3) * scales, start=1):
        layout, lr = (np.asfortranarray if t % 2 else strided), inputs.number(0.02, 0.3)
        x, state = student.at(f"step {t}").adamw(
            x=layout(x), grad=layout(grad), state=state, lr=lr, beta1=0.7, beta2=0.9, eps=0.005, wd=0.35
        )
        expect.reference(f"x after step {t}", x)
    column, grads = inputs.apart(20, 1), inputs.apart(2, 20, 1, least=0.3)
    column[4], grads[0, 7], grads[1, 9] = 0.0, 0.0, 0.0
    walk(student, expect, adamw, column, grads, (0.1, 0.2), prefix="a column: ", **MOMENTS, wd=0.4)


@adamw.check(points=4)
def the_same_share_of_every_weight(student, inputs, expect):
    """Decay takes the same share of every weight, whatever its gradients are"""
    x, grads = inputs.apart(4, least=0.8), inputs.apart(3, 4, least=0.3) * np.array([1.0, 100.0, 0.01, 1.0])
    lr, wd = 0.02, 2.5
    with_decay, without = (x, {}), (x, {})
    for t, grad in enumerate(grads, start=1):
        before = with_decay[0]
        with_decay = student.at(f"step {t}").adamw(before, grad, with_decay[1], lr, 0.7, 0.9, 1e-14, wd)
        start = without[0]
        without = student.at(f"step {t} without decay").adamw(start, grad, without[1], lr, 0.7, 0.9, 1e-14, 0.0)
        expect.reference(f"step {t} without decay", without[0] - start)
        # Of x, not of the difference: that is known to single precision only where students use it.
        expect.close(f"x after step {t}", with_decay[0], before * (1 - lr * wd) + (without[0] - start))


@adamw.check(points=3)
def steps_have_the_length_of_lr(student, inputs, expect):
    """With a constant gradient and no decay, every step has the length lr"""
    x, grad, state = inputs.apart(4), inputs.apart(4) * np.array([1.0, 50.0, 0.02, 1.0]), {}
    for t in range(1, 5):
        before = x
        x, state = student.at(f"step {t}").adamw(x, grad, state, 0.03, 0.7, 0.9, 1e-12, wd=0.0)
        expect.close(f"step {t}", before - x, 0.03 * np.sign(grad))


@adamw.check(points=3)
def defaults(student, inputs, expect):
    """Without being told, lr is 1e-3, β₁ is 0.9, β₂ is 0.999, ε is 1e-8 and wd is 1e-2"""
    x, grads = inputs.apart(3, least=2.0, most=9.0), inputs.apart(3, 3, least=0.3)
    walk(student, expect, adamw, x, grads, (1.0,) * 3, prefix="large x: ")
    x, state = inputs.apart(3, least=0.003, most=0.02), {}
    for t, grad in enumerate(inputs.apart(4, 3, least=0.3) * np.array([1.0, 1e-8, 3e-7]), start=1):
        x, state = student.at(f"step {t}").adamw(x, grad, state)
        expect.reference(f"x after step {t}", x)


@adamw.check(points=3)
def two_runs_of_adamw(student, inputs, expect):
    """Two parameters of one shape each have a state of their own"""
    runs = {"a": (inputs.apart(3), {}), "b": (inputs.apart(3), {})}
    for t in range(1, 4):
        for name, (x, state) in runs.items():
            grad = inputs.apart(3, least=0.3)
            runs[name] = student.at(f"step {t} of {name}").adamw(x, grad, state, 0.07, *MOMENTS.values(), 0.4)
            expect.reference(f"x of {name} after step {t}", runs[name][0])
