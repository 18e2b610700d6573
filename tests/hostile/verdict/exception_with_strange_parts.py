"""Raises an exception whose message is a surrogate, control characters, HTML, and markup of terminals, and whose notes are no list."""


def fit_standardizer(x):
    error = ValueError(
        "\ud800\x1b[2J\x1b]0;passed\x07<script>alert(1)</script>[bold]passed[/bold]\r✓ passed 4/4\x00" + "\u202e"
    )
    error.__notes__ = 7
    raise error


def standardize(x, mean, std):
    error = TypeError(b"\xff", object(), {}, "\n" * 3000)
    error.__cause__ = error
    error.__context__ = error
    raise error
