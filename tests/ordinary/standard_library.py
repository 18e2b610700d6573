"""What the standard library computes."""

import argparse
import array
import bisect
import calendar
import cmath
import configparser
import datetime
import decimal
import fractions
import gc
import graphlib
import heapq
import math
import queue
import sqlite3
import statistics
import threading
import time
import tomllib
import zoneinfo
from decimal import Decimal
from fractions import Fraction

import numpy as np


def mathematics():
    return [math.pi, math.erf(0.5), math.gamma(4.5), math.lgamma(9), math.comb(10, 3), math.perm(5, 2), math.factorial(20), math.gcd(12, 18),
            math.hypot(3, 4), math.fsum([0.1] * 10), math.prod([2, 3]), math.isclose(0.1 + 0.2, 0.3), math.log1p(1e-9), math.expm1(1e-9),
            math.copysign(1, -0.0), *math.modf(2.5), *math.frexp(10), math.isqrt(17), math.dist([0, 0], [1, 1]), math.inf > 1e308, math.nan != math.nan,
            math.tanh(0.5), math.atan2(1, -1), math.ceil(1.2), math.floor(-1.2), math.trunc(-1.7), math.fmod(7, 3), math.degrees(1)]


def complex_mathematics():
    root = cmath.sqrt(-4)
    return [root.imag, cmath.phase(1j), abs(cmath.exp(1j * math.pi) + 1) < 1e-15, *cmath.polar(3 + 4j), (1 + 2j).conjugate().imag]


def exact_numbers():
    decimal.getcontext().prec = 30
    with decimal.localcontext() as context:
        context.prec = 5
        short = Decimal(1) / Decimal(3)
    exact = sum(Fraction(1, n) for n in range(1, 8))
    return [float(short), float(Decimal(2).sqrt()), float(exact), exact.denominator, float(Fraction(0.1).limit_denominator(100)),
            fractions.Fraction("3/4") * 4, (0.1).as_integer_ratio()[1], (255).bit_count(), float.fromhex("0x1.8p1"), 10**30 % 7]


def statistics_of_samples():
    sample = [1.0, 2.0, 4.0, 8.0]
    return [statistics.mean(sample), statistics.stdev(sample), statistics.median(sample), statistics.pvariance(sample), statistics.mode([1, 1, 2]),
            *statistics.quantiles(sample), statistics.NormalDist(1, 2).cdf(2), statistics.correlation(sample, sample[::-1]), statistics.fmean(sample),
            *statistics.linear_regression(sample, sample), statistics.geometric_mean(sample), statistics.harmonic_mean(sample)]


def heaps_and_searches():
    heap = [5, 1, 4]
    heapq.heapify(heap)
    heapq.heappush(heap, 0)
    places = [1, 3, 5]
    bisect.insort(places, 4)
    return [heapq.heappop(heap), *heapq.nsmallest(2, heap), *heapq.merge([1, 4], [2]), bisect.bisect_left(places, 3), *places,
            *map(int, graphlib.TopologicalSorter({"1": {"2"}, "2": set()}).static_order())]


def arrays_of_the_standard_library():
    values = array.array("d", [1.0, 2.0])
    values.extend([3.0])
    view = memoryview(values)
    return [*values, values.itemsize, view.nbytes, *np.frombuffer(values), *bytearray(b"ab")[::-1]]


def dates():
    day = datetime.datetime(2024, 2, 28, 12, tzinfo=datetime.timezone.utc)
    later = day + datetime.timedelta(days=2, hours=3)
    return [later.timestamp(), later.month, day.isocalendar().week, (later - day).total_seconds(), *later.isoformat().encode(),
            datetime.date.fromisoformat("2024-12-24").weekday(), *day.strftime("%Y %j %A").encode(), calendar.isleap(2024),
            datetime.datetime.strptime("1.2.2023", "%d.%m.%Y").toordinal(), time.strptime("12:30", "%H:%M").tm_min]


def time_zones():
    zurich = zoneinfo.ZoneInfo("Europe/Zurich")
    summer = datetime.datetime(2024, 7, 1, 12, tzinfo=zurich)
    return [summer.utcoffset().total_seconds(), datetime.datetime(2024, 1, 1, tzinfo=zurich).utcoffset().total_seconds()]


def clocks():
    """No clock goes backwards, and a short rest takes its time."""
    before = time.perf_counter(), time.monotonic(), time.process_time(), time.thread_time(), time.time(), time.perf_counter_ns()
    time.sleep(0.002)
    after = time.perf_counter(), time.monotonic(), time.process_time(), time.thread_time(), time.time(), time.perf_counter_ns()
    now = datetime.datetime.now()
    return [*(a <= b for a, b in zip(before, after)), after[0] - before[0] >= 0.002, now.year >= 2024, len(time.ctime()), time.localtime().tm_year >= 2024]


def garbage():
    gc.collect()
    gc.disable()
    gc.enable()
    return [gc.isenabled(), len(gc.get_threshold())]


def locks_without_threads():
    lock, local, waiting = threading.RLock(), threading.local(), queue.PriorityQueue()
    with lock, threading.Lock():
        local.value = 3
    waiting.put((2, "b"))
    waiting.put((1, "a"))
    return [local.value, waiting.get_nowait()[0], threading.current_thread() is threading.main_thread(), threading.active_count() > 0]


def settings():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    written = configparser.ConfigParser()
    written.read_string("[train]\nepochs = 3\n")
    return [parser.parse_args([]).lr, parser.parse_args(["--lr", "0.5"]).lr, written.getint("train", "epochs"), *tomllib.loads("a = [1, 2]")["a"]]


def table_in_memory():
    with sqlite3.connect(":memory:") as connection:
        connection.execute("create table losses (step integer, loss real)")
        connection.executemany("insert into losses values (?, ?)", [(n, n / 2) for n in range(4)])
        return connection.execute("select sum(step), avg(loss) from losses").fetchone()
