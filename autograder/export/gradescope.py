"""Gradescope's results.json of one submission (gradescope/autograder_samples: docs/specs.md)."""

from __future__ import annotations

from typing import Any, Literal

from autograder.printable import printable
from autograder.report import points
from autograder.results import Record

Shown = Literal["visible", "after_published", "after_due_date", "hidden"]


def results_json(record: Record, hidden: Shown = "visible") -> dict[str, Any]:
    """Return the JSON that Gradescope reads and shows.

    Parameters
    ----------
    record
        The submission's record.
    hidden
        When students see hidden checks. If one is not visible, Gradescope shows students no total, either. Our messages
        of hidden checks are safe to show.
    """
    tests: list[dict[str, Any]] = []
    if record.error is not None:
        place = f", line {record.error.line}" if record.error.line else ""
        tests.append(
            {
                "name": "The submission can be graded",
                "score": 0.0,
                "max_score": 0.0,
                "status": "failed",
                "output": _lines(f"{record.error.kind}{place}: {record.error.message}"),
                "visibility": "visible",
            }
        )
    tests += [
        {
            "name": check.title,
            "number": check.id,
            "score": check.points,
            "max_score": check.max_points,
            "status": "passed" if check.status == "passed" else "failed",
            "output": _lines(check.message or ("" if check.status == "passed" else check.status)),
            "tags": [check.function, check.kind],
            "visibility": "visible" if check.visibility == "public" else hidden,
            "extra_data": {"id": check.id, "status": check.status, "diagnosis": list(check.diagnosis)},
        }
        for check in record.checks
    ]
    told = [f"{points(record.score)} of {points(record.max_score)} points.", *(f"{each}." for each in record.advice)]
    return {
        "score": record.score,
        "execution_time": round(sum(check.seconds for check in record.checks), 3),
        "output": "\n".join(map(printable, told)),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": tests,
        "extra_data": {
            "exercise": record.exercise,
            "submission_sha256": record.submission_sha256,
            "exercise_version": record.exercise_version,
            "grader_version": record.grader_version,
            "isolation": record.isolation,
        },
    }


def _lines(text: str) -> str:
    return "\n".join(map(printable, text.split("\n")))
