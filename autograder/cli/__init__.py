"""The command `autograder`, a module for each subcommand."""
