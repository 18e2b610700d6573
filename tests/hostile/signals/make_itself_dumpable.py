"""Makes itself dumpable and open to any tracer, takes up the parent's death signal and becomes a subreaper."""



def attack():
    for call in (
        (157, 4, 1, 0, 0, 0),
        (157, 0x59616D61, -1, 0, 0, 0),
        (157, 1, 0, 0, 0, 0),
        (157, 36, 1, 0, 0, 0),
        (157, 35, 15, 0, 0, 0),
        (157, 8, 1, 0, 0, 0),
        (157, 26, 2, 0, 0, 0),
        (157, 52, 0, 2, 0, 0),
        (157, 41, 1, 0, 0, 0),
    ):
        try:
            c(*call)
            return f"prctl({call[1]}) worked"
        except OSError:
            continue
