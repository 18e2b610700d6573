"""Packages for graders that run elsewhere: Gradescope with all checks, Classroom 50 with the public ones alone."""

from autograder.package.make import package_classroom50, package_gradescope

__all__ = ["package_classroom50", "package_gradescope"]
