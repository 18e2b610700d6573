"""Is cut off in the middle: source that ends in NUL and a coding line which does not exist, handed to compile."""

import builtins

builtins.compile("x = (\n" * 500, "normalization.py", "exec")
