"""Makes the compiler itself the bomb: nested parentheses, huge constants, deep syntax trees (FULL)."""

import ast


def fit_standardizer(x):
    node = ast.Constant(1)
    for _ in range(100000):
        node = ast.UnaryOp(ast.USub(), node)
    return eval(compile(ast.fix_missing_locations(ast.Expression(node)), "bomb", "eval"))


def standardize(x, mean, std):
    return eval("-" * 100000 + "1") + eval("((1,)*(1<<20),)*(1<<30)")[0]
