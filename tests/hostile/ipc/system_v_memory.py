"""Makes shared memory of System V, which outlives its maker, and looks for that of others."""



def attack():
    number = c(29, 0, 4096, 0o600 | 0o1000)
    c(31, number, 0, 0)
    return "a segment was made and removed"
