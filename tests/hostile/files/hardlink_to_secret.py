"""Makes a hard link to a forbidden file, of every kind that linkat knows."""

import os


def attack():
    for place in (".", TARGETS["open_folder"], os.path.dirname(TARGETS["readable_secret"])):
        link = os.path.join(place, f"hard-{os.getpid()}")
        for follow in (True, False):
            try:
                os.link(TARGETS["readable_secret"], link, follow_symlinks=follow)
            except (OSError, NotImplementedError):
                continue
            os.unlink(link)
            return f"a hard link was made in {place}"
