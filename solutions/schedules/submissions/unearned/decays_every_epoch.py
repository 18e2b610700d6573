"""Reduce_on_plateau multiplies the rate every epoch, whatever the losses are."""


# earns nothing: reduce_on_plateau
def reduce_on_plateau(losses, lr0, factor=0.1, patience=10, threshold=1e-4):
    return [lr0 * factor**i for i in range(len(losses))]
