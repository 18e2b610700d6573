"""Record answer keys, the only step that imports torch, and keep them.

Recording itself is `autograder.recording.record`; it is not imported here, so that a grader stays light.
"""

from autograder.recording.library import key_file, key_files, open_keys, state_of_sources

__all__ = ["key_file", "key_files", "open_keys", "state_of_sources"]
