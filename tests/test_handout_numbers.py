"""The formulas and numbers of three handouts, computed again from their definitions, without solution or reference.

Each test writes a line as the handout has it, from what it computes, and looks for it there.
"""

from __future__ import annotations

import inspect
import itertools
import math
import re
from collections.abc import Sequence

import numpy as np
import pytest

from tests.conftest import EXERCISES

HANDOUT = {name: (EXERCISES[name].folder / "handout.md").read_text("utf-8")
           for name in ("constraints", "marginalization", "sanity_checks")}  # fmt: skip


@pytest.fixture(scope="module")
def torch():
    """Return PyTorch; without it, tests that compute with it are skipped."""
    return pytest.importorskip("torch")


def says(exercise: str, *words: str) -> bool:
    """Say whether a handout has these words, whatever its line breaks are."""
    text = " ".join(HANDOUT[exercise].split())
    missing = [each for each in words if " ".join(each.split()) not in text]
    assert not missing
    return True


def told(exercise: str, label: str, columns: int = 4) -> list[float]:
    """Return the numbers in a handout's row of so many columns that begins with a label; texts count as NaN."""
    rows = [line.strip("| ").split(" | ") for line in HANDOUT[exercise].splitlines() if line.startswith(f"| {label} |")]
    (row,) = [row for row in rows if len(row) == columns]
    return [float(cell) if re.fullmatch(r"[\d.e-]+", cell) else math.nan for cell in row[1:]]


def near(told: Sequence[float], computed: Sequence[float]) -> bool:
    """Say whether rounding errors have the size that the handout gives, within a factor of 2."""
    return all(one / 2 <= other <= 2 * one for one, other in zip(told, computed, strict=True))


def minus(text: str) -> str:
    """Return a number with the minus sign that handouts have."""
    return text.replace("-", "−")


def softmax(scores: np.ndarray) -> np.ndarray:
    """Return probabilities along the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def numerical(f, x: np.ndarray, h: float, *, central: bool = True, kind: type = np.float64) -> np.ndarray:
    """Return a numerical gradient in some precision."""
    x, slopes = x.astype(kind), np.zeros(x.size, kind)
    for i in range(x.size):
        step = np.zeros(x.size, kind)
        step[i] = h
        lower = f(x - step) if central else f(x)
        slopes[i] = (f(x + step) - lower) / kind(2 * h if central else h)
    return slopes


# ---- constraints


def test_one_weight_rests_where_the_pull_and_the_constraint_meet():
    """With weight decay of 0.5 a pull of 1 and of 2 ends at 2 and 4, in the ball of 0.7 at 0.7 and 0.7."""
    ends = []
    for pull in (1.0, 2.0):
        free = bound = 0.1
        for _ in range(4000):
            free -= 0.1 * (-pull + 0.5 * free)
            bound = min(bound + 0.1 * pull, 0.7)
        ends.append((free, bound))
    assert np.allclose(ends, [(2, 0.7), (4, 0.7)])
    assert says(
        "constraints", "Weight decay of 0.5 leads to 2 and to 4", "The ball with $c = 0.7$ leads to 0.7 and to 0.7"
    )


def test_clipping_examples():
    """(3, 0) and (4) have the norm 5 and become (0.6, 0) and (0.8); cutting entries turns (6, 0.6) by 25 degrees."""
    norm = math.sqrt(3**2 + 0**2 + 4**2)
    assert (norm, 3 / norm, 4 / norm) == (5.0, 0.6, 0.8)
    degrees = math.degrees(math.atan2(0.6, 1.0) - math.atan2(0.6, 6.0))
    assert f"{degrees:.0f}" == "25"
    assert says("constraints", "become (0.6, 0) and (0.8) with a limit of 1", "changes its direction by 25 degrees")


def test_the_projection_is_the_nearest_point_of_the_ball():
    """No point of the ball is nearer than w·min(1, c/‖w‖)."""
    rng = np.random.default_rng(1)
    for _ in range(50):
        w, c = rng.normal(size=3) * 3, 1.4
        nearest = w * min(1, c / np.linalg.norm(w))
        others = rng.normal(size=(2000, 3))
        others *= (c * rng.random(2000) ** (1 / 3) / np.linalg.norm(others, axis=1))[:, None]
        assert np.linalg.norm(w - nearest) <= np.linalg.norm(w - others, axis=1).min() + 1e-12


def test_weight_decay_is_the_slope_of_l2_for_sgd_and_not_for_adam(torch):
    """PyTorch's SGD takes the same step for a penalty and for weight decay; Adam does not, AdamW is the formula."""
    wd, lr = 0.3, 0.05
    start, slopes = (
        torch.tensor([1.0, -2.0, 3.0]).double(),
        torch.tensor([[0.5, 10.0, -0.01], [-1.0, 3.0, 0.02]]).double(),
    )

    def walk(make, penalty):
        x = start.clone().requires_grad_()
        optimizer = make([x])
        for slope in slopes:
            optimizer.zero_grad()
            (slope @ x + penalty / 2 * (x**2).sum()).backward()
            optimizer.step()
        return x.detach().numpy()

    decayed = walk(lambda x: torch.optim.SGD(x, lr=lr, weight_decay=wd), 0.0)
    assert np.allclose(decayed, walk(lambda x: torch.optim.SGD(x, lr=lr), wd))
    expected = start.numpy()
    for slope in slopes.numpy():
        assert np.allclose((1 - lr * wd) * expected - lr * slope, expected - lr * (slope + wd * expected))
        expected = (1 - lr * wd) * expected - lr * slope
    assert np.allclose(decayed, expected)
    l2 = walk(lambda x: torch.optim.Adam(x, lr=lr, weight_decay=wd), 0.0)
    assert np.allclose(l2, walk(lambda x: torch.optim.Adam(x, lr=lr), wd))
    decoupled = walk(lambda x: torch.optim.AdamW(x, lr=lr, weight_decay=wd), 0.0)
    assert np.abs(l2 - decoupled).max() > 1e-3
    x, m, c = start.numpy(), 0.0, 0.0
    for t, g in enumerate(slopes.numpy(), start=1):
        m, c = 0.9 * m + 0.1 * g, 0.999 * c + 0.001 * g**2
        x = (1 - lr * wd) * x - lr * (m / (1 - 0.9**t)) / (np.sqrt(c / (1 - 0.999**t)) + 1e-8)
    assert np.allclose(decoupled, x)


def test_table_of_classifiers_that_grow_without_end():
    """Ten data sets, three constraints, 30,000 steps each."""
    data = []
    for seed in range(10):
        rng = np.random.default_rng(seed)
        w = rng.normal(size=40)
        x, fresh = rng.normal(size=(40, 40)), rng.normal(size=(5000, 40))
        y, truth = (np.sign(each @ w / np.linalg.norm(w) + 0.3 * rng.normal(size=len(each))) for each in (x, fresh))
        data.append((x * y[:, None], fresh * truth[:, None]))
    seen, fresh = (np.array(each) for each in zip(*data, strict=True))
    rows = {"no constraint": "", "`sgd_weight_decay`, wd = 0.1": "decay", "`max_norm`, c = 1.5": "ball"}
    for title, kind in rows.items():
        w, found = np.zeros((10, 40, 1)), []
        for step in range(1, 30_001):
            slope = -np.mean(seen / (1 + np.exp(seen @ w)), axis=1)[..., None]
            w = w - 0.5 * (slope + (0.1 * w if kind == "decay" else 0))
            if kind == "ball":
                w = w * np.minimum(1, 1.5 / np.linalg.norm(w, axis=1, keepdims=True))
            if step in (300, 3000, 30_000):
                losses = (np.mean(np.log1p(np.exp(-(each @ w)))) for each in (seen, fresh))
                found.append((np.linalg.norm(w, axis=1).mean(), *losses, np.mean(fresh @ w > 0)))
        digits = (1, 2 if kind else 3, 2, 2)
        cells = [", ".join(f"{each[n]:.{digits[n]}f}" for each in found) for n in range(4)]
        assert says("constraints", f"| {title} | {' | '.join(cells)} |")


def test_table_of_loud_weights():
    """What 2000 steps of Adam leave of three weights whose gradients are noise, with decay inside and outside of it."""
    names = {True: "L2: `adamw(x, g + 0.5 * x, ..., wd=0)`", False: "decoupled: `adamw(x, g, ..., wd=0.5)`"}
    for inside, name in names.items():
        left = []
        for seed in range(20):
            rng, x, m, c = np.random.default_rng(seed), np.ones(3), np.zeros(3), np.zeros(3)
            for t in range(1, 2001):
                g = rng.normal(size=3) * np.array([0.01, 1.0, 100.0]) + (0.5 * x if inside else 0)
                m, c = 0.9 * m + 0.1 * g, 0.999 * c + 0.001 * g**2
                share = 1.0 if inside else 1 - 0.001 * 0.5
                x = share * x - 0.001 * (m / (1 - 0.9**t)) / (np.sqrt(c / (1 - 0.999**t)) + 1e-8)
            left.append(x)
        cells = " | ".join(f"{each:.2f}" for each in np.mean(left, axis=0))
        assert says("constraints", f"| {name} | {cells} |")
    assert says("constraints", f"$(1 - 0.0005)^{{2000}} = {(1 - 0.0005) ** 2000:.3f}$")


def test_one_bad_gradient():
    """The first step onto a wall throws the weight to 50, from where it crawls; clipped it stays below 0.25."""
    path, clipped = [0.22], [0.22]
    for _ in range(400):
        path.append(path[-1] - 0.05 * (1.0 if path[-1] > 0 else -1000.0))
        clipped.append(clipped[-1] - 0.05 * (1.0 if clipped[-1] > 0 else -1.0))
    thrown = int(np.argmax(path))
    assert round(path[thrown]) == 50
    assert round(path[thrown + 52]) == 47
    assert max(clipped) <= 0.25
    assert says(
        "constraints", "throws it to about 50, and 52 steps later it has crawled back to 47", "beyond 0.25 again"
    )


def test_what_pytorch_adds_to_norms(torch):
    """clip_grad_norm_ adds 1e-6, which is 1 % of a norm of 0.0001; renorm adds 1e-7; l2 without ½ has the slope 2λW."""
    x = torch.zeros(3).double().requires_grad_()
    x.grad = torch.tensor([0.0, 3e-4, 4e-4]).double()
    x.grad *= 0.2  # of norm 1e-4
    torch.nn.utils.clip_grad_norm_([x], 5e-5)
    assert float(x.grad.norm()) / 5e-5 == pytest.approx(1 / 1.01)
    column = torch.tensor([[3e-6], [4e-6]]).double()
    shrunk = torch.renorm(column, 2, 1, 1e-6)
    assert float(shrunk.norm()) == pytest.approx(5e-6 * 1e-6 / (5e-6 + 1e-7))
    weights, lam = np.array([0.3, -2.0, 5.0]), 0.7
    assert np.allclose(numerical(lambda at: lam * np.sum(at**2), weights, 1e-5), 2 * lam * weights)
    assert says("constraints", "divides by norm + 1e-6", "gets 1 % shorter", "`torch.renorm` adds 1e-7", r"2\lambda W")


# ---- marginalization


def masks(d: int, p: float) -> tuple[np.ndarray, np.ndarray]:
    """Return all masks of inverted dropout, and their probabilities."""
    kept = np.array(list(itertools.product((0.0, 1.0), repeat=d)))
    return kept / (1 - p), p ** (d - kept.sum(axis=1)) * (1 - p) ** kept.sum(axis=1)


@pytest.fixture(scope="module")
def marginal():
    """Return the input of the handout's tables, and the functions that are averaged."""
    rng = np.random.default_rng(0)
    w, x = rng.normal(size=8), rng.normal(size=8)
    first, second = rng.normal(size=(8, 16)) / np.sqrt(8), rng.normal(size=16) / np.sqrt(16)
    classes = rng.normal(size=(8, 3))
    functions = {
        "linear, $w \\cdot x$": lambda at: at @ w,
        "its square": lambda at: (at @ w) ** 2,
        "a network with tanh": lambda at: np.tanh(at @ first) @ second,
        "a network with ReLU": lambda at: np.maximum(at @ first, 0) @ second,
    }
    return w, x, functions, classes


def test_table_of_exact_averages(marginal):
    """All 256 masks of one input, for four functions, beside weight scaling."""
    w, x, functions, _ = marginal
    for name, f in functions.items():
        exact = [probability @ f(x * mask) for mask, probability in (masks(8, p) for p in (0.1, 0.5))]
        cells = " | ".join(minus(f"{each:.3f}") for each in (*exact, f(x)))
        assert says("marginalization", f"| {name} | {cells} |")
    terms = np.sum((w * x) ** 2)
    square = f"{(w @ x) ** 2 + terms:.3f} − {(w @ x) ** 2:.3f} = {terms:.3f}"  # p = 0.5: p/(1-p) is 1
    assert says("marginalization", f"The square is off by the variance, {square}")
    mask, probability = masks(1, 0.3)
    assert probability @ mask[:, 0] == pytest.approx(1)
    assert probability @ mask[:, 0] ** 2 - 1 == pytest.approx(1 / (1 - 0.3) - 1)


def test_table_of_softmaxes(marginal):
    """Weight scaling is the normalized geometric mean over all masks, and not the arithmetic one."""
    _, x, _, classes = marginal
    mask, probability = masks(8, 0.5)
    each = softmax((x * mask) @ classes)
    geometric = np.exp(probability @ np.log(each))
    rows = {
        "weight scaling": softmax(x @ classes),
        "geometric mean over all masks, normalized": geometric / geometric.sum(),
        "arithmetic mean over all masks": probability @ each,
    }
    assert np.allclose(rows["weight scaling"], rows["geometric mean over all masks, normalized"])
    for name, row in rows.items():
        assert says("marginalization", f"| {name} | {' | '.join(f'{number:.3f}' for number in row)} |")


def test_table_of_monte_carlo_errors(marginal):
    """Distances and standard errors fall with the root of the number of samples, from an exact deviation."""
    _, x, functions, _ = marginal
    mask, probability = masks(8, 0.5)
    values = functions["a network with ReLU"](x * mask)
    deviation = math.sqrt(probability @ (values - probability @ values) ** 2)
    rng = np.random.default_rng(1)
    for samples, label in ((10, "10"), (100, "100"), (1000, "1000"), (10_000, "10 000")):
        (row,) = [line for line in HANDOUT["marginalization"].splitlines() if line.startswith(f"| {label} |")]
        distance, error = (float(cell) for cell in row.strip("| ").split(" | ")[1:])
        drawn = rng.choice(values, size=(400, samples), p=probability)
        errors = drawn.std(axis=1, ddof=1) / math.sqrt(samples)
        assert distance == pytest.approx(deviation / math.sqrt(samples), rel=0.03)
        assert error == pytest.approx(errors.mean(), rel=0.02)


def test_bags_and_priors(torch):
    """Shares out of the bag, the priors that penalties are, and the factors among them."""
    shares = (1 - 1 / 5) ** 5, math.exp(-1)
    assert says("marginalization", f"{shares[0]:.3f} for 5 examples, nearly $1/e = {shares[1]:.3f}$ for many")
    rng = np.random.default_rng(0)
    out = [1 - len(np.unique(rng.integers(1000, size=1000))) / 1000 for _ in range(2000)]
    assert says("marginalization", f"In 2000 bags of 1000 it was {np.mean(out):.3f}")
    grid = np.linspace(-90, 90, 900_001)
    for lam in (0.2, 1.7):
        gauss, laplace = np.exp(-lam * grid**2), np.exp(-lam * np.abs(grid))
        assert np.sum(gauss * grid**2) / np.sum(gauss) == pytest.approx(1 / (2 * lam), rel=1e-6)
        assert np.sum(laplace * np.abs(grid)) / np.sum(laplace) == pytest.approx(1 / lam, rel=1e-3)
    assert says("marginalization", "$1/(2\\lambda)$, L1 a Laplace prior with scale $1/\\lambda$")
    pair = np.array([0.3, 1.9])
    assert float(torch.tensor(pair).std()) / pair.std() == pytest.approx(math.sqrt(2))
    assert says("marginalization", f"For 2 samples that is a factor of {math.sqrt(2):.2f}")
    geometric = np.sqrt(np.array([0.9, 0.1]) * np.array([0.5, 0.5]))
    bare, normalized = (", ".join(f"{each:.3g}" for each in row) for row in (geometric, geometric / geometric.sum()))
    assert says("marginalization", f"they are ({bare}), normalized ({normalized})")


def test_noise_is_an_l2_penalty_for_a_linear_unit():
    """The expected squared error of a linear unit grows by p/(1-p)·Σ(wx)²."""
    rng = np.random.default_rng(3)
    w, x, t, p = rng.normal(size=6), rng.normal(size=6), 0.7, 0.35
    mask, probability = masks(6, p)
    expected = probability @ ((x * mask) @ w - t) ** 2
    assert expected == pytest.approx((x @ w - t) ** 2 + p / (1 - p) * np.sum((w * x) ** 2))


# ---- sanity_checks


def bumpy(x: np.ndarray) -> float:
    """Return the function of the handout's first table."""
    return np.sum(np.exp(np.sin(x))) + np.sum(x) ** 2


def slopes_of_bumpy(x: np.ndarray) -> np.ndarray:
    """Return its gradient, by hand."""
    return np.exp(np.sin(x)) * np.cos(x) + 2 * np.sum(x)


def short(number: float, digits: int = 0) -> str:
    """Return a number as 4e-04 without needless zeros."""
    mantissa, exponent = f"{number:.{digits}e}".split("e")
    return mantissa if int(exponent) == 0 else f"{mantissa}e{int(exponent)}"


def test_table_of_steps():
    """Relative errors of central and one-sided differences, and of central ones in single precision."""
    x = np.random.default_rng(0).normal(size=20)
    right = slopes_of_bumpy(x)
    assert np.allclose(right, numerical(bumpy, x, 1e-5), rtol=1e-8)
    for step, label in ((0.1, "0.1"), (0.001, "0.001"), (1e-5, "1e-5"), (1e-8, "1e-8"), (1e-12, "1e-12")):
        found = (
            numerical(bumpy, x, step),
            numerical(bumpy, x, step, central=False),
            numerical(bumpy, x, step, kind=np.float32),
        )
        errors = [np.linalg.norm(each - right) / np.linalg.norm(right) for each in found]
        assert near(told("sanity_checks", label), errors)
        if step >= 0.001:  # no rounding yet, which other processors do in another order
            assert says("sanity_checks", f"| {label} | {short(errors[0])} | {short(errors[1])} |")


def test_table_of_first_losses(torch):
    """Losses of a linear classifier before training, by the spread of its weights, beside those of equal scores."""
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(200, 50)), rng.integers(10, size=200)
    rows = np.arange(200)
    for std, digits in ((0.001, (3, 2)), (0.01, (3, 2)), (0.1, (2, 1)), (1, (1, 1))):
        scores = x @ (std * rng.normal(size=(50, 10)))
        cross_entropy = -np.log(softmax(scores))[rows, y].mean()
        margins = np.maximum(0, scores - scores[rows, y][:, None] + 1)
        hinge = margins.sum(axis=1).mean() - 1  # the right class has the margin 1 with itself
        told = f"{cross_entropy:.{digits[0]}f} | {hinge:.{digits[1]}f}"
        assert says("sanity_checks", f"| {std} | {told} |")
    equal, classes = torch.zeros(4, 10), torch.tensor([1, 2, 3, 4])
    assert float(torch.nn.functional.cross_entropy(equal, classes)) == pytest.approx(math.log(10))
    assert float(torch.nn.functional.multi_margin_loss(equal, classes)) == pytest.approx(0.9)
    assert says(
        "sanity_checks", f"for ten classes {math.log(10):.2f} and 9", "ten equal scores cost 0.9 there, 9 on the slide"
    )


def test_table_of_scales():
    """The largest difference to the numerical gradient, of a right gradient and of one with one wrong sign."""
    x = np.random.default_rng(0).normal(size=20)
    right = slopes_of_bumpy(x)
    wrong = right.copy()
    wrong[np.argmax(np.abs(right))] *= -1
    for scale, label in ((1e-6, "1e-6"), (1.0, "1"), (1e6, "1e6")):
        own = numerical(lambda at, scale=scale: scale * bumpy(at), x, 1e-5)
        off = [np.abs(own - scale * each).max() for each in (right, wrong)]
        assert near(told("sanity_checks", label, 4)[:1], off[:1])
        assert says("sanity_checks", f" | {f'{off[1]:.0f}' if scale == 1 else short(off[1], 1)} | ")
        assert off[0] / np.linalg.norm(scale * right) < 1e-10
        assert off[1] / np.linalg.norm(scale * right) > 0.1


def test_one_entry_in_a_thousand():
    """What a normally distributed direction sees of an entry that is off by 2 % of the norm."""
    typical = 0.6744897501960817 * 0.02  # the median of |d| is 0.674
    missed = math.erf(0.001 / 0.02 / math.sqrt(2))
    assert says("sanity_checks", f"a typical difference of {100 * typical:.1f} % of the norm")
    assert says("sanity_checks", f"in {100 * missed:.1f} % of the draws the difference is below 0.1 %")
    assert says("sanity_checks", f"in about one case of {1 / missed**5 / 1e6:.0f} million")


def test_errors_of_one_and_three(torch):
    """Three formulas for the relative error of 1 and 3, and the tolerances of PyTorch's gradcheck."""
    errors = ", ".join(f"{2 / size:.2g}" for size in (4, 3))
    assert says("sanity_checks", f"1 and 3 differ by {errors} or {2 / 1:g}")
    defaults = inspect.signature(torch.autograd.gradcheck).parameters
    assert (defaults["atol"].default, defaults["rtol"].default) == (1e-5, 1e-3)
    assert says("sanity_checks", "`atol` = 1e-5 and `rtol` = 1e-3")


def test_table_of_curves():
    """Four training runs of one network on noisy examples, and what their curves say."""
    rng = np.random.default_rng(0)
    w = rng.normal(size=10) / np.sqrt(10)
    x, fresh = rng.normal(size=(40, 10)), rng.normal(size=(200, 10))
    t, truth = (np.sin(2 * each @ w) + 0.5 * rng.normal(size=len(each)) for each in (x, fresh))
    start = rng.normal(size=(10, 32)) / np.sqrt(10), rng.normal(size=32) / np.sqrt(32)
    for lr, epochs, diagnosis in (
        (1e-5, 600, "too_low"),
        (0.01, 600, "good"),
        (0.01, 3000, "overfitting"),
        (3.0, 600, "too_high"),
    ):
        (first, second), b, c = start, np.zeros(32), 0.0
        train, validation, ratio = [], [], 0.0
        with np.errstate(all="ignore"):
            for epoch in range(epochs + 1):
                a = x @ first + b
                error = np.maximum(a, 0) @ second + c - t
                train.append(np.mean(error**2))
                validation.append(np.mean((np.maximum(fresh @ first + b, 0) @ second + c - truth) ** 2))
                da = 2 / 40 * np.outer(error, second) * (a > 0)
                if epoch == 0:
                    ratio = lr * np.linalg.norm(x.T @ da) / np.linalg.norm(first)
                second, c = second - lr * 2 / 40 * np.maximum(a, 0).T @ error, c - lr * 2 / 40 * error.sum()
                first, b = first - lr * x.T @ da, b - lr * da.sum(axis=0)
        last = [("NaN" if math.isnan(each) else f"{each:.2f}") for each in (train[-1], validation[-1])]
        cells = f"{train[0]:.2f} to {last[0]} | {validation[0]:.2f}, {np.nanmin(validation):.2f}, {last[1]}"
        assert says(
            "sanity_checks",
            f"| {lr:g}, {epochs} | {cells} | {short(ratio, 1)} | `{diagnosis}` |".replace("1e-05", "1e-5"),
        )
        finite = np.all(np.isfinite([*train, *validation]))
        found = (
            "too_high" if not finite or train[-1] > train[0]
            else "too_low" if train[-1] > 0.9 * train[0]
            else "overfitting" if validation[-1] > 1.1 * min(validation)
            else "good"
        )  # fmt: skip
        assert found == diagnosis
