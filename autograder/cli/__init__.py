"""The command `autograder`: `main` reads its arguments, and each subcommand has a function that runs it."""
