"""The nbgrader plugin: every command stays nbgrader's, every verdict is ours. `configure(c)` in `nbgrader_config.py`."""

from autograder.nbgrader.configure import configure

__all__ = ["configure"]
