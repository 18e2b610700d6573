"""Public checks of weight constraints: what every student can run and read.

No limit is 1; columns and networks lie well inside or well outside of theirs; rates, decays and factors are neither
equal nor complementary. Step by step the student's own x is passed on, so that a mistake shows at the first step that
has it.
"""

from __future__ import annotations

import numpy as np

from autograder.authoring import Exercise, handle, mapping

STEP = ("x_next", handle("state_next"))

exercise = Exercise("constraints")
max_norm = exercise.function("max_norm", returns="constrained")
clip_by_global_norm = exercise.function("clip_by_global_norm", returns=(mapping("clipped", "W", "b", "scale"), "norm"))
sgd_weight_decay = exercise.function("sgd_weight_decay", returns=STEP)
adamw = exercise.function("adamw", returns=STEP)


# ---- max_norm


def columns(inputs, norms, rows):
    """Return a matrix of so many rows whose columns have about these norms, in random order."""
    W = inputs.apart(rows, len(norms), least=0.4)
    return (W / np.linalg.norm(W, axis=0) * norms)[:, inputs.permutation(len(norms))]


@max_norm.check(points=5)
def long_columns(student, inputs, expect):
    """Columns that are too long are scaled back, the others stay as they are"""
    W = columns(inputs, [5.0, 0.3, 2.9, 1.1, 4.2], 4)
    expect.reference("constrained", student.max_norm(W, 1.7))


@max_norm.check(points=4)
def columns_of_zeros(student, inputs, expect):
    """A column of zeros stays as it is"""
    W = columns(inputs, [3.0, 0.4, 6.0], 3)
    W[:, 1] = 0.0
    expect.reference("constrained", student.max_norm(W, 1.3))


# ---- clip_by_global_norm


def network(inputs, size):
    """Return gradients of a network, whose norm is `size`."""
    grads = {"W": inputs.apart(4, 3), "b": inputs.apart(3), "scale": inputs.apart()}
    norm = np.sqrt(sum(np.sum(grad**2) for grad in grads.values()))
    return {name: np.asarray(grad / norm * size) for name, grad in grads.items()}


def expect_clipped(expect, clipped, norm, where=""):
    """Expect all that clipping returns, as the reference has it."""
    expect.reference(f"norm{where}", norm)
    for name, grad in clipped.items():
        expect.reference(f'clipped["{name}"]{where}', grad)


@clip_by_global_norm.check(points=6)
def long_gradients(student, inputs, expect):
    """Gradients whose common norm is too large are all scaled by one factor"""
    expect_clipped(expect, *student.clip_by_global_norm(network(inputs, 7.0), 2.3))


@clip_by_global_norm.check(points=4)
def short_gradients(student, inputs, expect):
    """Gradients whose common norm is small enough stay as they are, zeros included"""
    expect_clipped(expect, *student.clip_by_global_norm(network(inputs, 0.6), 2.3))
    zeros = {"W": np.zeros((2, 2)), "b": np.zeros(2), "scale": np.zeros(())}
    clipped, norm = student.at("zeros").clip_by_global_norm(zeros, 2.3)
    expect.close("norm of zeros", norm, 0.0, scale=1.0)
    for name, grad in clipped.items():
        expect.close(f'clipped["{name}"] of zeros', grad, zeros[name], scale=1.0)


# ---- sgd_weight_decay, adamw


def walk(student, expect, step, x, grads, rates, *, prefix="", **options):
    """Take one step for each gradient, from where the last step led; expect every x."""
    state = {}
    for t, (grad, lr) in enumerate(zip(grads, rates, strict=True), start=1):
        x, state = student.at(f"{prefix}step {t}").call(step, x, np.asarray(grad), state, lr=lr, **options)
        expect.reference(f"x after {prefix}step {t}", x)


@sgd_weight_decay.check(points=4)
def a_few_steps(student, inputs, expect):
    """Steps go against the gradient and shrink the parameters, as PyTorch's do"""
    walk(student, expect, sgd_weight_decay, inputs.apart(3, 2), inputs.apart(3, 3, 2), (0.2, 0.07, 0.3), wd=0.4)


@sgd_weight_decay.check(points=2)
def a_single_number(student, inputs, expect):
    """x may be a single number"""
    walk(student, expect, sgd_weight_decay, inputs.apart(), inputs.apart(2), (0.3, 0.3), wd=0.7)


MOMENTS = {"beta1": 0.6, "beta2": 0.85, "eps": 0.02}


@adamw.check(points=7)
def agrees_with_pytorch(student, inputs, expect):
    """Steps agree with PyTorch's AdamW"""
    x, grads = inputs.apart(3, 2), inputs.apart(5, 3, 2, least=0.3)
    walk(student, expect, adamw, x, grads, (0.05,) * 5, wd=0.7, **MOMENTS)


@adamw.check(points=4)
def any_shape(student, inputs, expect):
    """x may have any shape, also that of a single number"""
    for shape in ((), (4,), (1, 2, 3)):
        x, grads = inputs.apart(*shape), inputs.apart(3, *shape, least=0.3)
        walk(student, expect, adamw, x, grads, (0.08,) * 3, prefix=f"shape {shape}: ", wd=0.5, **MOMENTS)
