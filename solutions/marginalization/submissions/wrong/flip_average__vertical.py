"""np.flipud's axis."""


def flip_average(predict, images):
    return (predict(images) + predict(images[:, ::-1])) / 2
