"""Reads results.jsonl, which holds the verdicts of those who were graded before."""

import mmap
import os


def attack():
    descriptor = os.open(TARGETS["results"], os.O_RDONLY)
    try:
        text = os.read(descriptor, 200)
        if text:
            return f"results: {len(text)} bytes"
        with mmap.mmap(descriptor, 0, prot=mmap.PROT_READ) as view:
            return f"results mapped: {len(view)} bytes"
    finally:
        os.close(descriptor)
