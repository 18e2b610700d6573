"""What can be wrong with a course."""

from __future__ import annotations


class CourseError(Exception):
    """An exercise is not in order; the text says where, what, and what to do."""
