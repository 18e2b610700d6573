"""Release assignments: make the files for students from solutions, as folders or as a course folder for nbgrader, and
packages for other graders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.lazy import on_first_use

if TYPE_CHECKING:
    from autograder.release.exercise import make_notebook, make_released_notebook, make_standalone_notebook, make_stub
    from autograder.release.folders import release, release_bundle, release_course, write_wheel, write_zip, zip_bundle
    from autograder.release.packages import PackageSettings, package_classroom50, package_gradescope
    from autograder.release.released import find_released_notebook, put_notebook_back
    from autograder.release.repair import RepairTasks, read_names, release_repairs

__all__ = [
    "PackageSettings",
    "RepairTasks",
    "find_released_notebook",
    "make_notebook",
    "make_released_notebook",
    "make_standalone_notebook",
    "make_stub",
    "package_classroom50",
    "package_gradescope",
    "put_notebook_back",
    "read_names",
    "release",
    "release_bundle",
    "release_course",
    "release_repairs",
    "write_wheel",
    "write_zip",
    "zip_bundle",
]

# Releasing needs NumPy, for answer keys, and `autograder grade`, which only looks for released notebooks, must start
# without it.
__getattr__ = on_first_use(
    __name__,
    {
        ".exercise": "make_notebook make_released_notebook make_standalone_notebook make_stub",
        ".folders": "release release_bundle release_course write_wheel write_zip zip_bundle",
        ".packages": "PackageSettings package_classroom50 package_gradescope",
        ".released": "find_released_notebook put_notebook_back",
        ".repair": "RepairTasks read_names release_repairs",
    },
)
