"""Inputs of checks: the same numbers for a seed, for ever and everywhere, in general position, drawn once."""

from __future__ import annotations

import math

import numpy as np
import pytest

from autograder.authoring import Inputs, strided
from autograder.course_key import HANDED_OUT, CourseKey, seeded
from tests.small import small

pytestmark = pytest.mark.unit

SEED = 2026


def test_seed_gives_these_numbers_for_ever():
    """Recorded answers belong to exactly these numbers: any change to them makes every answer key worthless."""
    inputs = Inputs(SEED)
    assert inputs.normal(2, 3).tolist() == [[0.673, -0.3, 0.632], [0.162, -1.161, 0.165]]
    assert inputs.uniform(4, low=-1, high=1).tolist() == [-0.444, -0.547, 0.052, -0.138]
    assert inputs.apart(5).tolist() == [1.394, -0.223, -1.006, -0.857, 0.552]
    assert inputs.positive(3).tolist() == [1.696, 1.41, 1.018]
    assert inputs.number(0.1, 0.9) == 0.857
    assert [inputs.below(10) for _ in range(6)] == [0, 6, 5, 0, 5, 6]
    assert inputs.permutation(7).tolist() == [5, 2, 0, 3, 4, 1, 6]
    assert inputs.labels(6, 3).tolist() == [2, 0, 2, 1, 0, 1]
    assert [inputs.generator("a").seed, inputs.generator().seed] == [2901848366, 2478958505]
    assert inputs.normal(3, scale=0.1, shift=5.0).tolist() == pytest.approx([5.0023, 4.9172, 4.8877], rel=1e-15)
    assert (float(inputs.normal()), float(inputs.uniform())) == (-2.2, 0.314)


def test_generators_and_seeds_are_numpys_and_sha256_for_ever():
    """The sources of the numbers stay the same: PCG64's raw bits, NumPy's default generator, and seeds by SHA-256."""
    words = [3300764713747675562, 11804314397344746687, 8619580609625321962]
    assert np.random.PCG64(SEED).random_raw(3).tolist() == words
    assert np.random.default_rng(5).random(2).tolist() == [0.8050029237453802, 0.8079407897364937]
    assert seeded(20261122).draws_of("batchnorm", "batchnorm_forward.value").hex() == "a04887bf11c4502a35c2397d2da83254"
    assert HANDED_OUT.draws_of("x", "y").hex() == "29a3fcca58b26ff0eef56af3c787f033"


def test_normal_numbers_are_sums_of_twelve():
    """The numbers are those of whole-number arithmetic, which is written out here a second time."""
    bits = np.random.PCG64(SEED)
    expected = []
    for _ in range(50):
        words = [int(word) for word in bits.random_raw(3)]
        total = sum(word >> place & 0xFFFF for word in words for place in (0, 16, 32, 48))
        expected.append(round((total - 6 * 65535) / 65536, 3))
    assert Inputs(SEED).normal(50).tolist() == expected


@pytest.mark.parametrize("shape", [(), (0,), (1,), (5,), (2, 3), (2, 0, 3), (2, 3, 4, 5)])
def test_shapes_are_as_asked(shape):
    """Every draw has the shape that was asked for, also that of a number, and can be written to."""
    inputs = Inputs(1)
    for draw in (inputs.uniform, inputs.normal, inputs.apart, inputs.positive):
        found = draw(*shape)
        assert type(found) is np.ndarray
        assert (found.shape, found.dtype, found.flags.writeable) == (shape, np.float64, True)


def test_draws_are_short_and_in_their_ranges():
    """Numbers have three decimals, keep away from zero if they should, and cover their range."""
    inputs = Inputs(3)
    draws = {
        "uniform": (inputs.uniform(2000, low=-2, high=3), -2, 3),
        "positive": (inputs.positive(2000), 0.5, 2.0),
        "apart": (np.abs(inputs.apart(2000)), 0.2, 2.0),
    }
    for values, low, high in draws.values():
        assert np.array_equal(values, np.round(values, 3))
        assert low <= values.min() < low + 0.1
        assert high - 0.1 < values.max() <= high
    signs = np.sign(inputs.apart(2000))
    assert abs(signs.mean()) < 0.1
    normal = inputs.normal(20_000)
    assert abs(normal.mean()) < 0.03
    assert abs(normal.std() - 1) < 0.03
    assert np.abs(normal).max() < 6
    assert np.array_equal(normal, np.round(normal, 3))


def test_labels_and_permutations_are_complete():
    """A permutation has every number once, and every class occurs if there is room for it."""
    inputs = Inputs(4)
    assert sorted(inputs.permutation(9).tolist()) == list(range(9))
    assert set(inputs.labels(7, 3).tolist()) == {0, 1, 2}
    assert set(inputs.labels(2, 3).tolist()) <= {0, 1, 2}
    assert {inputs.below(3) for _ in range(50)} == {0, 1, 2}


def test_generator_is_named_and_shifted():
    """Generators with other names differ; `again` starts in the same state; `draws` gives other generators."""
    inputs, shifted = Inputs(5), Inputs(5, draws=3)
    first, second = inputs.generator(), inputs.generator()
    assert first.name != second.name
    assert first.seed != second.seed
    again = inputs.again(first)
    assert again.seed == first.seed
    assert again.name not in (first.name, second.name)
    assert shifted.generator().seed == first.seed + 3
    assert Inputs(5).normal(3).tolist() == Inputs(5, draws=3).normal(3).tolist()


def test_what_is_kept_gives_the_same_numbers():
    """Inputs that a grader keeps for the next submission are as they were drawn, whatever a submission did to them."""

    def draw(inputs):
        found = [inputs.normal(2, 3), inputs.uniform(2), inputs.permutation(4), inputs.apart(2), inputs.positive(2)]
        found += [np.array(inputs.below(1000)), np.array(inputs.generator().seed), np.array(inputs.number(0, 1))]
        copies = [each.copy() for each in found]
        for each in found:
            each[...] = 0  # a check, or a student in this process, may write to its own
        return copies

    kept = {}
    first = draw(Inputs(6, kept))
    for inputs in (Inputs(6, kept), Inputs(6, kept), Inputs(6)):
        assert all(map(np.array_equal, first, draw(inputs)))


def test_order_of_draws_decides_and_nothing_else():
    """Two ways through the same inputs get the numbers that each would get alone, also if a grader keeps the draws.

    A check and its follow-through share the kept draws, and so do checks that draw inside an `if`.
    """
    kept = {}
    ways = [
        lambda inputs: (inputs.normal(3), inputs.normal(2)),
        lambda inputs: (inputs.normal(5), inputs.normal(2)),
        lambda inputs: (inputs.uniform(3), inputs.normal(2)),
        lambda inputs: (inputs.below(7), inputs.normal(2)),
        lambda inputs: (inputs.once("x", lambda source: source.normal(4)), inputs.normal(2)),
        lambda inputs: (inputs.normal(3), inputs.normal(2)),
    ]
    for way in ways:
        assert way(Inputs(7, kept))[1].tolist() == way(Inputs(7))[1].tolist()


def test_once_is_made_once_and_goes_on_behind_it():
    """Inputs that take long to find are found only for the first submission, and later draws are the same for all."""
    made, kept = [], {}

    def search(inputs):
        made.append(None)
        while (x := inputs.normal(3)).min() < 0:
            pass
        return {"x": x}

    def draw(inputs):
        before = inputs.normal(2)
        found = inputs.once("positive", search)
        return [before, found["x"], inputs.normal(2)]

    drawn = [draw(Inputs(8, kept)), draw(Inputs(8, kept)), draw(Inputs(8, kept))]
    assert len(made) == 1
    drawn.append(draw(Inputs(8)))
    assert len(made) == 2
    for other in drawn[1:]:
        assert all(map(np.array_equal, drawn[0], other))
    assert drawn[0][1].min() >= 0


def test_two_names_of_once_are_two():
    """Several things may be made once in a check, each under its own name."""
    kept = {}
    for _ in range(2):
        inputs = Inputs(9, kept)
        first = inputs.once("first", lambda source: source.normal(2))
        second = inputs.once("second", lambda source: source.normal(2))
        assert first.tolist() != second.tolist()


@pytest.mark.parametrize("shape", [(3,), (2, 3), (2, 3, 4)])
def test_strided_memory_is_not_contiguous(shape):
    """The numbers are the same, but they are every second element of a longer row in memory."""
    values = np.arange(math.prod(shape)).reshape(shape).astype(np.float64)
    found = strided(values)
    assert np.array_equal(found, values)
    assert not found.flags.c_contiguous
    assert not found.flags.f_contiguous


def test_memory_order_reaches_the_students_function():
    """F order and strided memory arrive as they were given, in any number of dimensions."""
    seen = []

    def orders(student, inputs, expect):
        """Add up."""
        x = inputs.normal(2, 3, 4)
        for number, given in enumerate((x, np.asfortranarray(x), strided(x), x.T, x[::-1])):
            expect.reference(f"sum {number}", student.f(given))

    def f(x):
        seen.append((x.flags.c_contiguous, x.flags.f_contiguous, x.shape))
        return np.sum(x)

    exercise = small(orders, right={"f": f})
    seen.clear()
    assert exercise.run().failure is None
    assert seen == [
        (True, False, (2, 3, 4)),
        (False, True, (2, 3, 4)),
        (False, False, (2, 3, 4)),
        (False, True, (4, 3, 2)),
        (False, False, (2, 3, 4)),
    ]


def test_inputs_come_from_what_a_check_draws_from_alone():
    """Every check of a course has its own draws, the same each time, and different ones with another key."""

    def inputs_of(course_key, exercise="small", check="f.draws"):
        return Inputs(int.from_bytes(course_key.draws_of(exercise, check))).normal(4).tolist()

    seen = [inputs_of(seeded(1)), inputs_of(seeded(2)), inputs_of(HANDED_OUT), inputs_of(CourseKey(secret=b"x"))]
    seen += [inputs_of(seeded(1), check="f.other"), inputs_of(seeded(1), exercise="other")]
    assert len({tuple(each) for each in seen}) == len(seen)
    assert inputs_of(seeded(1)) == seen[0]
