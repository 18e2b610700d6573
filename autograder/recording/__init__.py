"""Record answer keys, the only step that imports torch, and keep them.

Recording itself is in `autograder.recording.record`, which is not imported here, so that graders start quickly.
"""

from autograder.recording.library import key_file, key_files, open_keys, state_of_sources

__all__ = ["key_file", "key_files", "open_keys", "state_of_sources"]
