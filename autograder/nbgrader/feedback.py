"""Write feedback pages for `nbgrader generate_feedback`, without copying students' files.

nbgrader copies every file of a submission into `feedback/`, including pages with scripts, which students and
instructors then open. It makes one exporter per run, before it copies anything, so the exporter replaces that step.
"""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

from nbconvert.exporters import HTMLExporter

from autograder.grading import Unreadable, read_file
from autograder.merge import GRADE

# How nbgrader's list of scores names each graded cell; only the address tells which function it is about.
ENTRY = re.compile(rf'(<a href="#{re.escape(GRADE)}([^"]+)">)Test cell</a>')
TIMESTAMP = "timestamp.txt"  # nbgrader compares it to tell whether feedback is older than its submission


class FeedbackExporter(HTMLExporter):
    """Writes feedback pages; belongs to nbgrader's `GenerateFeedback`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.parent.init_assignment = self._copy_timestamp

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> Any:
        """Return a page in which the list of scores names the functions."""
        page, resources = super().from_notebook_node(nb, resources=resources, **kw)
        return ENTRY.sub(lambda entry: f"{entry[1]}{html.escape(html.unescape(entry[2]))}</a>", page), resources

    def _copy_timestamp(self, assignment_id: str, student_id: str) -> None:
        """Copy only nbgrader's own file; this replaces nbgrader's step that copies every file."""
        coursedir = self.parent.coursedir
        source, target = (
            Path(coursedir.format_path(folder, student_id, assignment_id))
            for folder in (coursedir.autograded_directory, coursedir.feedback_directory)
        )
        try:
            content = read_file(source, (TIMESTAMP,))
        except Unreadable:
            return
        target.mkdir(parents=True, exist_ok=True)
        (target / TIMESTAMP).write_bytes(content)
