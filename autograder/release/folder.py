"""Release an exercise: write the folder that students get.

From an exercise's folder and the answer key that students get, it writes the stub, the handout, the public checks as
they are, their answer key (with the cells of the notebook and the reference's lines in pictures), and the data files.
The same sources give the same bytes.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec

from autograder.course import PUBLIC_CHECKS, ExerciseFolder
from autograder.key import SUFFIX, AnswerKey, write_key
from autograder.release.exercise import load, read_handout, read_stub
from autograder.release.notebook import make_released_notebook
from autograder.release.pictures import reference_lines


def release(exercise: ExerciseFolder, key: AnswerKey, folder: Path | None = None) -> list[Path]:
    """Write the assignment of an exercise.

    Raises `CourseError` if the solution has no marked region or a broken one, or the handout has no place for the table
    of checks.
    """
    folder = folder or exercise.assignment
    folder.mkdir(parents=True, exist_ok=True)
    handout = folder / "README.md"
    handout.write_text(read_handout(exercise, load(exercise).checks()), "utf-8")
    return [handout, *write_files(exercise, key, folder)]


def write_files(exercise: ExerciseFolder, key: AnswerKey, folder: Path) -> list[Path]:
    """Write a student's files except the handout: stub, public checks, their answer key, data files."""
    stub, public_key = folder / f"{exercise.name}.py", folder / f"{exercise.name}{SUFFIX}"
    stub.write_text(read_stub(exercise), "utf-8")
    checks = Path(shutil.copyfile(exercise.folder / PUBLIC_CHECKS, folder / PUBLIC_CHECKS))
    notebook, pictures = make_released_notebook(exercise).cells, reference_lines(exercise)
    write_key(msgspec.structs.replace(key, notebook=notebook, pictures=pictures), public_key)
    data = [folder / file.parent.name / file.name for file in exercise.data]
    for source, copy in zip(exercise.data, data, strict=True):
        copy.parent.mkdir(exist_ok=True)
        shutil.copyfile(source, copy)
    return [stub, checks, public_key, *data]
