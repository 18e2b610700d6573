"""Unusual: undeclared latin-1 bytes in comments, CRLF lines, prints, warnings and global numpy settings, extra parameters."""
import sys, warnings
import numpy as np

# Übung von Käthe Müßig, Stand März (dieser Kommentar ist latin-1, ohne Angabe dazu)
np.random.seed(42)
np.seterr(all="ignore")
np.set_printoptions(precision=2, threshold=5, edgeitems=1, linewidth=40, sign="+")
warnings.filterwarnings("always")
print("import of my initializers, numpy " + np.__version__)


def report(name, W):
    print("%s: shape %s, mean %g, std %g" % (name, W.shape, W.mean(), W.std()))
    print(W, file=sys.stderr)
    return W


def zeros(fan_in, fan_out, verbose=True):
    warnings.warn("all-zero weights never break the symmetry!")
    W = np.zeros((fan_in, fan_out))
    return report("zeros", W) if verbose else W


def small_normal(fan_in, fan_out, rng, std=0.01, mean=0.0):
    return report("small_normal", mean + std*rng.standard_normal((fan_in, fan_out)))


def calibrated_normal(fan_in, fan_out, rng, *, dtype=float):
    W = rng.standard_normal((fan_in, fan_out)).astype(dtype)
    return report("calibrated_normal", W/np.sqrt(fan_in))   # größer wäre falsch


def xavier_uniform(fan_in, fan_out, rng, gain=1.0, distribution="uniform"):
    if distribution == "uniform":
        a = gain*np.sqrt(6/(fan_in+fan_out))
        W = rng.uniform(low=-a, high=a, size=(fan_in, fan_out))
    else:
        W = gain*np.sqrt(2/(fan_in+fan_out))*rng.standard_normal((fan_in, fan_out))
    return report("xavier_"+distribution, W)


def xavier_normal(fan_in, fan_out, rng, gain=1.0, **unused):
    return xavier_uniform(fan_in, fan_out, rng, gain, distribution="normal")


def kaiming_uniform(fan_in, fan_out, rng, mode="fan_in", nonlinearity="relu"):
    if mode not in ("fan_in", "fan_out"):
        print("bad mode", mode)
        raise ValueError("mode must be 'fan_in' or 'fan_out'")
    n = eval(mode)   # ist hier geprüft
    gain = {"relu": np.sqrt(2), "linear": 1.0}[nonlinearity]
    a = gain*np.sqrt(3/n)
    return report("kaiming_uniform", rng.uniform(-a, a, (fan_in, fan_out)))


def kaiming_normal(fan_in, fan_out, rng, mode="fan_in", a=0):
    if mode not in ("fan_in", "fan_out"):
        print("bad mode", mode)
        raise ValueError("mode must be 'fan_in' or 'fan_out'")
    n = fan_in if mode == "fan_in" else fan_out
    np.log(np.zeros(1)), np.array([1.0])/0   # nur um zu zeigen, daß hier nichts passiert
    return report("kaiming_normal", np.sqrt(2/((1+a**2)*n))*rng.standard_normal((fan_in, fan_out)))


def preactivation_variance(fan_in, mean_w, var_w, mean_x, var_x):
    result = fan_in*(mean_w**2*var_x + mean_x**2*var_w + var_x*var_w)
    print("Var =", result)
    return result
