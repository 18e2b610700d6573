"""The results store: every attempt of every student, keyed by everything that its result depends on."""

from autograder.store.key import REVEALED, StoreKey, is_reusable, store_key, this_grader
from autograder.store.store import Attempt, Store, StoreError, open_read_only, open_store

__all__ = [
    "REVEALED",
    "Attempt",
    "Store",
    "StoreError",
    "StoreKey",
    "is_reusable",
    "open_read_only",
    "open_store",
    "store_key",
    "this_grader",
]
