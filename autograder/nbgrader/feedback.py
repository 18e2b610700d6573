"""Write feedback pages for `nbgrader generate_feedback`, and nothing of a student's beside them.

nbgrader copies every file that lies in a submission into `feedback/`, pages with scripts among them, which students and
instructors then open. It makes one exporter per run, before it copies anything, so the exporter takes that step over.
"""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

from nbconvert.exporters import HTMLExporter

from autograder.grading import Unreadable, read_file
from autograder.merge import GRADE

# How nbgrader's list of scores names each graded cell; which function it is about is in its address alone.
ENTRY = re.compile(rf'(<a href="#{re.escape(GRADE)}([^"]+)">)Test cell</a>')
TIMESTAMP = "timestamp.txt"  # by which nbgrader tells whether feedback is older than its submission


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
        """Copy what nbgrader itself has put there, in the place of its own step that copies every file."""
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
