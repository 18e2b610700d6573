#!/usr/bin/env bash
# One term of a course, as its instructor types it. Usage: examples/term/run.sh DIR
set -euo pipefail
repository=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$1"
cd "$1"
step() { printf '\n== %s\n' "$*"; }

step "What comes from elsewhere: two exercises, a roster, and what Moodle and Canvas export"
mkdir -p course/solutions
cp -r "$repository"/solutions/{normalization,penalties} course/solutions/
python3 "$repository/examples/term/downloads.py" downloads
cp downloads/roster.csv .

step "Before the term: the course's file and key"
autograder init --course course .
# What init has written is to be looked through. These lines are what it comes to here.
cat > course.toml <<'TOML'
name = "Regularization, winter term"
timezone = "Europe/Berlin"
course = "course"
key = ".autograder/course_key"
submissions = "submitted"
output = "results"
roster = "roster.csv"
exercises = ["normalization", "penalties"]

[due]
normalization = 2026-11-05T23:59:59
penalties = 2026-11-12T23:59:59

[late]
keep = "last"
free_days = 1
penalty_per_day = 10
TOML
autograder list

step "What students get"
autograder release --students handout --zip

step "Week 1, from Moodle: look first, then import, and grade"
autograder import moodle downloads/normalization.zip --sheet downloads/normalization.csv --preview
autograder import moodle downloads/normalization.zip --sheet downloads/normalization.csv
autograder grade

step "Week 2, from Canvas: the first week's column stays"
autograder import canvas downloads/penalties.zip
autograder grade

step "Somebody was late in week 1"
autograder import moodle downloads/normalization_later.zip --sheet downloads/normalization_later.csv
autograder grade

step "What to teach again"
autograder report

step "A check was wrong: look at what would change, then regrade"
sed -i 's/points=13/points=3/' course/solutions/normalization/hidden_checks.py
autograder grade normalization --preview
autograder grade normalization
autograder history ada normalization

step "A page for each student and exercise, with the regrade, and pictures of what their functions do"
autograder feedback

step "Points back to both systems; the stranger, who has no row, is named, and makes the exit code 1"
autograder export moodle normalization --sheet downloads/normalization_later.csv --to moodle.csv --feedback feedback.zip
autograder export canvas penalties --sheet downloads/gradebook.csv --dry-run || true
autograder export canvas penalties --sheet downloads/gradebook.csv --to canvas.csv || true

step "The whole course"
cat results/grades.csv
