"""The student's side of a notebook, and how a notebook and a `.py` file become one submission."""
