"""Does the catalogue hold what it promises? Everything that grading relies on is tried against itself."""
