"""f at x, with no error; the images alone; the first pass."""


# earns nothing: flip_average
def flip_average(predict, images):
    return predict(images)
