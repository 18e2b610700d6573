"""Write a small exercise to start from: it records, verifies, releases and grades as it is."""

from __future__ import annotations

from keyword import iskeyword
from pathlib import Path

from autograder.course import ExerciseFolder, UsageError

SOLUTION = '''"""NAME: the mean squared error and its gradient.

Use NumPy only. Each function's docstring says what comes in and what is expected back.
"""

import numpy as np


def mean_squared_error(y: np.ndarray, t: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the loss and its gradient with respect to y.

    y and t have any shape, and the same one. The loss is the mean of (y - t)² over all elements, a number; the gradient
    has the shape of y.
    """
    ### BEGIN SOLUTION
    difference = y - t
    return np.mean(difference**2), 2 * difference / difference.size
    ### END SOLUTION
'''
REFERENCE = '''"""The reference: the same function with PyTorch, whose automatic differentiation gives the gradient."""

import torch


def mean_squared_error(y, t):
    y = torch.tensor(y, dtype=torch.float64, requires_grad=True)
    loss = torch.nn.functional.mse_loss(y, torch.tensor(t, dtype=torch.float64))
    loss.backward()
    return loss.item(), y.grad.numpy()
'''
PUBLIC_CHECKS = '''"""Public checks: students get this file, may read it, and run it themselves."""

from autograder.authoring import Exercise

exercise = Exercise("NAME")
mean_squared_error = exercise.function("mean_squared_error", returns=("loss", "dy"))


@mean_squared_error.check(points=20)
def value(student, inputs, expect):
    """The loss is the mean of the squared differences"""
    loss, _ = student.mean_squared_error(inputs.normal(4, 3), inputs.normal(4, 3))
    expect.reference("loss", loss)


@mean_squared_error.check(points=20)
def gradient(student, inputs, expect):
    """dy is the derivative of the loss"""
    _, dy = student.mean_squared_error(inputs.normal(4, 3), inputs.normal(4, 3))
    expect.gradient("dy", dy)
'''
HIDDEN_CHECKS = '''"""Hidden checks: other inputs, and what must hold whatever the inputs are."""

from .public_checks import mean_squared_error


@mean_squared_error.check(points=40)
def other_shapes(student, inputs, expect):
    """Loss and gradient are right for any shape"""
    for shape in ((5,), (2, 3, 4), (1, 1)):
        loss, dy = student.at(f"shape {shape}").mean_squared_error(inputs.normal(*shape), inputs.normal(*shape))
        expect.reference(f"loss for shape {shape}", loss)
        expect.gradient(f"dy for shape {shape}", dy)


@mean_squared_error.check(points=20)
def vanishes_at_the_target(student, inputs, expect):
    """At the target the loss and its gradient are zero, and one step away they are not"""
    t = inputs.normal(6)
    loss, dy = student.mean_squared_error(t, t)
    expect.close("loss at the target", loss, 0.0, scale=1.0)
    expect.close("dy at the target", dy, 0.0 * t, scale=1.0)
    loss, _ = student.mean_squared_error(t + 2.0, t)
    expect.close("loss 2 away from the target", loss, 4.0)
'''
MISCONCEPTIONS = '''"""What students believe about the mean squared error, and the code that comes of it."""

import numpy as np

from autograder.authoring import Misconceptions

wrong = Misconceptions()

wrong.patch(
    "mean_squared_error.sum_in_the_gradient",
    "The gradient is that of the sum: it is not divided by the number of elements.",
    "If every element were there twice, would the mean change? Would your gradient?",
    "For y = [3, 0] and t = [0, 0] the gradient is [3, 0]. Is yours [6, 0]?",
    "Look at what the squared differences are divided by in the loss, and at the same place in the gradient.",
    replace="2 * difference / difference.size",
    by="2 * difference",
)


@wrong(
    "mean_squared_error.halved",
    "There is a factor ½ in front of the loss, which the derivative takes away.",
    "Which of the two common definitions of the loss does the docstring give?",
    "For y = [2] and t = [0] the loss is 4. Is yours 2?",
    "Look for a factor in front of the mean.",
)
def mean_squared_error(y, t):
    return np.mean((y - t) ** 2) / 2, (y - t) / y.size
'''
HANDOUT = """# NAME

The mean squared error compares an output `y` with a target `t`:

$$L = \\frac{1}{n} \\sum_i (y_i - t_i)^2$$

Fill in `NAME.py`, then run `autograder check`.

## What is graded

{{checks}}
"""
ACCEPTED = """def mean_squared_error(y, t):
    total, n = 0.0, 0
    for a, b in zip(y.reshape(-1), t.reshape(-1)):
        total += (a - b) ** 2
        n += 1
    return total / n, 2.0 / n * (y - t)
"""
WRONG = """def mean_squared_error(y, t):
    return ((y - t) ** 2).mean(), 2 * (t - y) / y.size
"""
FILES = {
    "NAME.py": SOLUTION,
    "reference.py": REFERENCE,
    "public_checks.py": PUBLIC_CHECKS,
    "hidden_checks.py": HIDDEN_CHECKS,
    "misconceptions.py": MISCONCEPTIONS,
    "handout.md": HANDOUT,
    "submissions/accepted/loops.py": ACCEPTED,
    "submissions/wrong/mean_squared_error__sign.py": WRONG,
}


def write_exercise(root: Path, name: str) -> list[Path]:
    """Write a small exercise into a course, and return its files.

    Parameters
    ----------
    root
        The course's folder; `solutions/` is made in it where it is missing.
    name
        The exercise's name, which a Python module may have.

    Raises
    ------
    UsageError
        Where the name can't be a module's, or there is such an exercise already.
    """
    if not name.isidentifier() or name.startswith("_") or iskeyword(name):
        raise UsageError(f"{name!r} can't be an exercise's name: expected a Python module's name, such as weight_decay")
    folder = ExerciseFolder(name=name, root=root).folder
    if folder.exists():
        raise UsageError(f"{folder} exists already; choose another name")
    written = []
    for place, text in FILES.items():
        file = folder / place.replace("NAME", name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace("NAME", name), "utf-8")
        written.append(file)
    return written
