"""Autograded exercises: questions go in, values come out, the verdict is made elsewhere."""
