"""How students test, time and look at their own functions."""

import dis
import doctest
import inspect
import io
import sys
import timeit
import traceback
import unittest
from unittest import mock

import numpy as np


def _double(x, *, scale: float = 2.0) -> float:
    """Double a number.

    >>> _double(3)
    6.0
    >>> print(_double(1, scale=5))
    5
    """
    return x * scale


_double.tested = True


class TestDouble(unittest.TestCase):
    def setUp(self):
        self.value = 4

    def test_double(self):
        self.assertEqual(_twice(self.value), 8)
        self.assertAlmostEqual(_twice(0.1), 0.2)
        with self.assertRaises(TypeError):
            _twice(None)
        with self.subTest("array"):
            np.testing.assert_array_equal(_twice(np.arange(3)), [0, 2, 4])

    def test_wrong(self):
        self.assertTrue(_twice(0))


def _twice(x):
    return x * 2


def assertions():
    case = unittest.TestCase()
    case.assertEqual([1], [1])
    case.assertIn(1, [1])
    case.assertIsInstance(1.0, float)
    case.assertDictEqual({"a": 1}, {"a": 1})
    case.assertRaises(ZeroDivisionError, lambda: 1 / 0)
    try:
        case.assertListEqual([1, 2], [1, 3])
    except AssertionError as error:
        return list(str(error).encode())


def whole_test_cases():
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(TestDouble)
    result = unittest.TextTestRunner(stream=io.StringIO(), verbosity=2).run(suite)
    return [result.testsRun, len(result.failures), len(result.errors)]


def examples_in_docstrings():
    result = doctest.testmod(sys.modules[__name__])
    return [result.attempted, result.failed]


def stand_ins():
    stand_in = mock.Mock(return_value=3)
    with mock.patch.object(np, "sum", stand_in):
        value = np.sum([1])
    return [value, stand_in.call_count, np.sum([1])]


def timing():
    seconds = timeit.timeit("x * 2", setup="x = 1", number=100)
    return [seconds > 0, min(timeit.repeat(lambda: _twice(3), number=10, repeat=3)) > 0, timeit.default_timer() > 0]


def tracebacks():
    try:
        _twice(*[])
    except TypeError as error:
        frames = traceback.extract_tb(error.__traceback__)
        text = traceback.format_exc()
        only = "".join(traceback.format_exception_only(error))
    return [len(frames), *only.encode(), text.count("\n") > 1, frames[-1].lineno]


def signatures():
    signature = inspect.signature(_double)
    bound = signature.bind(3)
    bound.apply_defaults()
    return [len(signature.parameters), signature.parameters["scale"].default, bound.arguments["scale"], inspect.isfunction(_double),
            *inspect.getdoc(_double).splitlines()[0].encode(), len(inspect.getmembers(TestDouble, inspect.isfunction)) > 1,
            *inspect.currentframe().f_code.co_name.encode(), _double.tested, _double.__code__.co_argcount, len(list(dis.get_instructions(_twice))),
            inspect.isgeneratorfunction(_double), len(inspect.getfullargspec(_double).kwonlyargs), *inspect.stack()[0].function.encode()]


def help_text():
    out = io.StringIO()
    with mock.patch("sys.stdout", out):
        help(_double)
    return list(out.getvalue().encode())
