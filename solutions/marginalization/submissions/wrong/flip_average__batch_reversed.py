"""np.flip of everything, the batch included."""


def flip_average(predict, images):
    return (predict(images) + predict(np.flip(images))) / 2
