"""The process in which student code runs, and the grader's end of the line to it."""
