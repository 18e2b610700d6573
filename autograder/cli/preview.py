"""`autograder grade --preview`: what a regrade would change, before anything is written."""

from __future__ import annotations

import argparse

from autograder.classroom.classroom import sitting
from autograder.classroom.plan import Classroom, NotGraded, chunks, empty_register
from autograder.report.changes import Difference, difference
from autograder.report.write import READ_RECORD
from autograder.results import Record
from autograder.store.store import Store


def preview(arguments: argparse.Namespace, classroom: Classroom, store: Store) -> int:
    """Grade, and print by place what differs from the last results; 0 where all could be graded."""
    from autograder.report.screen import show_failures, watch

    register = empty_register(classroom)
    differences: dict[int, Difference] = {}
    failed: dict[int, NotGraded] = {}
    todo = chunks(classroom, None if arguments.force else store, register)
    with sitting(todo, classroom.at_least, arguments.jobs, arguments.scheduler) as session:
        for paper, outcome in (result for results in watch(session.results, register) for result in results):
            if isinstance(outcome, NotGraded):
                failed[paper.place] = outcome
            elif found := _difference(outcome.record, store):
                differences[paper.place] = found
    for place in register.reverted:
        record = READ_RECORD(store.read(register.attempts[place]).record)
        if found := _difference(record, store):
            differences[place] = found
    for place in sorted(differences):
        print("\n".join(differences[place].lines()))
    show_failures([failed[place] for place in sorted(failed)])
    print(f"{len(differences):,} of {classroom.size:,} results would change. Nothing was written.")
    return 1 if failed else 0


def _difference(record: Record, store: Store) -> Difference | None:
    number = store.last(record.student, record.exercise)
    return difference(READ_RECORD(store.read(number).record) if number else None, record)
