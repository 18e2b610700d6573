"""What is done with arrays."""

from io import BytesIO, StringIO

import numpy as np
from numpy.lib.stride_tricks import as_strided, sliding_window_view

X = np.linspace(-1, 2, 12).reshape(3, 4)


def fourier():
    signal = np.sin(np.arange(16.0)) + 0.5
    spectrum = np.fft.fft(signal)
    return [*np.abs(spectrum), *np.fft.ifft(spectrum).real, *np.fft.rfftfreq(8), *np.fft.fftshift(np.abs(np.fft.fft2(X))).ravel()]


def polynomials():
    line = np.polynomial.Polynomial([1, 2, 3])
    fitted = np.polynomial.Chebyshev.fit(np.arange(9.0), np.arange(9.0) ** 2, 2)
    return [*line.deriv()(np.arange(3)), *np.polyfit([0, 1, 2], [1, 3, 7], 2), *np.roots([1, -3, 2]), fitted(2.5),
            *np.polyval([1, 2], X[0]), np.poly1d([1, 2])(3), *np.polynomial.hermite.hermgauss(3)[1]]


def masked_arrays():
    masked = np.ma.masked_where(X < 0, X)
    return [masked.mean(), masked.count(), *masked.filled(9).ravel(), *np.ma.masked_invalid([1, np.nan]).compressed()]


def vectorized_functions():
    step = np.vectorize(lambda x, low: low if x < low else x, otypes=[float])
    return [*step(X, 0.5).ravel(), *np.apply_along_axis(lambda row: row.max() - row.min(), 1, X),
            *np.frompyfunc(abs, 1, 1)(X[0]).astype(float), *np.fromiter((i * i for i in range(4)), float)]


def windows():
    view = sliding_window_view(X, (2, 2))
    diagonal = as_strided(np.arange(9.0), (3,), (32,))
    return [*view.sum(axis=(2, 3)).ravel(), *diagonal, *np.broadcast_to([1, 2], (2, 2)).ravel()]


def floating_point_errors():
    with np.errstate(divide="raise", invalid="ignore"):
        try:
            np.ones(1) / np.zeros(1)
        except FloatingPointError:
            caught = 1
        quiet = np.zeros(1) / np.zeros(1)
    old = np.seterr(all="ignore")
    overflow = np.exp(np.array([1000.0]))
    np.seterr(**old)
    return [caught, np.isnan(quiet[0]), np.isinf(overflow[0]), np.nan_to_num(overflow[0]), np.finfo(float).eps]


def save_and_load_in_memory():
    single, several = BytesIO(), BytesIO()
    np.save(single, X)
    np.savez_compressed(several, x=X, y=X.T)
    single.seek(0)
    several.seek(0)
    text = StringIO()
    np.savetxt(text, X, delimiter=",")
    table = np.genfromtxt(StringIO("a,b\n1,2\n3,4"), delimiter=",", names=True)
    return [*np.load(single).ravel(), *np.load(several)["y"].ravel(), *table["b"], text.getvalue().count("\n"),
            *np.loadtxt(StringIO(text.getvalue()), delimiter=",").ravel()]


def print_options():
    with np.printoptions(precision=2, suppress=True):
        text = str(X)
    text += np.array2string(X, formatter={"float": "{:+.1f}".format}) + repr(X.astype(np.float32)) + np.format_float_scientific(1e9)
    return list(text.encode())


def compare_in_tests():
    np.testing.assert_allclose(X, X + 1e-12)
    np.testing.assert_array_equal(X, X.copy())
    np.testing.assert_array_almost_equal(X, X + 1e-9)
    try:
        np.testing.assert_allclose(X, X + 1, err_msg="off")
    except AssertionError as error:
        return list(str(error).encode())


def select_and_combine():
    places = np.ix_([0, 2], [1, 3])
    counts = np.zeros(3)
    np.add.at(counts, [0, 0, 2], 1)
    rows, columns = np.meshgrid(np.arange(2), np.arange(3), indexing="ij")
    return [*X[places].ravel(), *counts, *(rows * columns).ravel(), *np.where(X > 0, X, 0).ravel(), *np.unique([3, 1, 3]),
            *np.select([X < 0, X > 1], [-1, 1], 0).ravel(), *np.pad([1, 2], 1, mode="reflect"), *np.roll(X[0], 1),
            *np.take_along_axis(X, X.argsort(axis=1), 1).ravel(), *np.block([[np.eye(2)], [np.ones((1, 2))]]).ravel(),
            *np.argpartition([3, 1, 2], 1)[:1], *np.searchsorted([1, 3], [2, 4]), *np.digitize([0.5], [0, 1])]


def statistics_of_arrays():
    return [X.std(ddof=1), np.median(X), np.percentile(X, 30), *np.cov(X).ravel(), *np.corrcoef(X[0], X[1]).ravel(),
            *np.histogram(X, bins=3)[0], *np.bincount([0, 2, 2]), np.interp(0.3, X[0], X[1]), np.trapezoid(X[0]),
            *np.gradient(X[0]), *np.convolve(X[0], [1, -1], "same"), *np.cumsum(X[1]), *np.logaddexp(X[0], 1)]


def kinds_of_arrays():
    table = np.array([(1, 2.5), (2, 3.5)], dtype=[("n", int), ("x", float)])
    days = np.arange("2024-02-27", "2024-03-02", dtype="datetime64[D]")
    return [table["x"].sum(), np.sort(table, order="x")["n"][0], days.size, (days[-1] - days[0]).astype(int),
            *np.longdouble([1, 3]).astype(float), *np.float16([0.1, 0.2]), *np.packbits([1, 0, 1]), *(1j * X[0]).imag,
            *np.char.str_len(np.array(["a", "bcd"])), np.array([1, "a"], object)[0], np.bool_(True), *np.rec.array(table).n]
