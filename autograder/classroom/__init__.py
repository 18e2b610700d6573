"""Many submissions: who handed in, in which order, on how many processes."""
