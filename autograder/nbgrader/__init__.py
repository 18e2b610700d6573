"""The nbgrader plugin: the commands stay nbgrader's, the verdicts are ours. `configure(c)` in its configuration."""

from autograder.nbgrader.configure import configure

__all__ = ["configure"]
