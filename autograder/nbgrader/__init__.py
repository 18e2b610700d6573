"""The nbgrader plugin, with which nbgrader's commands give our verdicts. Call `configure(c)` in nbgrader's
configuration.

Every nbgrader command loads the configuration, and most of them grade nothing: `configure` imports the rest if it is
needed.
"""

from autograder.nbgrader.configure import configure

__all__ = ["configure"]
