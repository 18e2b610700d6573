"""x[x > 0] keeps only the positive entries, the shape is lost."""

def relu(x):
    return x[x > 0]
