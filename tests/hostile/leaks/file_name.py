"""Raises in a file that is named after the inputs."""


def fit_standardizer(x):
    exec(compile("raise ValueError('wrong')", f"LEAK{x.sum():.6f}", "exec"))


def standardize(x, mean, std):
    exec(
        compile("def step():\n raise ValueError('wrong')\nstep()", f"LEAK{x.sum():.6f}.py", "exec"),
        {"__name__": f"LEAK{x.sum():.6f}"},
    )
