"""Run the benchmarks, and put their tables into docs/performance.md: `python -m benchmarks.performance [NAME ...]`.

Between `<!-- NAME -->` and `<!-- /NAME -->`, the page has what the benchmark of that name measured, and nothing else;
the words around it are written by hand. Without names, all benchmarks are run.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable

from benchmarks import breakdown, confinement, diagnosis, floor, growth, notebook_check, peers, submission
from benchmarks.machine import machine
from benchmarks.measure import ROOT

PAGE = ROOT / "docs" / "performance.md"
BENCHMARKS: dict[str, Callable[..., str]] = {
    "floor": floor.measure,
    "breakdown": breakdown.measure,
    "confinement": confinement.measure,
    "submission": submission.measure,
    "notebook": notebook_check.measure,
    "diagnosis": diagnosis.measure,
    "peers": peers.measure,
    "growth": growth.measure,
}


def main() -> None:
    """Write each table as soon as it is measured."""
    parser = argparse.ArgumentParser(description="Measure, and write docs/performance.md.")
    parser.add_argument("name", nargs="*", help=f"any of {', '.join(BENCHMARKS)}; without one, all")
    names = parser.parse_args().name or list(BENCHMARKS)
    if unknown := [name for name in names if name not in BENCHMARKS]:
        parser.error(f"{', '.join(unknown)}: no such benchmark; there are {', '.join(BENCHMARKS)}")
    _write("machine", machine())
    for name in names:
        print(f"{name} ...", flush=True)
        _write(name, BENCHMARKS[name](quick=False))


def _write(name: str, text: str) -> None:
    PAGE.write_text(put(PAGE.read_text("utf-8"), name, text), "utf-8")


def put(page: str, name: str, text: str) -> str:
    """Return the page with a text between the marks of a name."""
    marks = re.compile(f"(?<=<!-- {name} -->\n).*(?=<!-- /{name} -->)", re.DOTALL)
    if not marks.search(page):
        raise ValueError(f"{PAGE.name} has no marks <!-- {name} --> and <!-- /{name} -->, each on a line of its own")
    return marks.sub(lambda _: text, page)


if __name__ == "__main__":
    main()
