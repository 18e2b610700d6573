"""Only plain Python loops over pixels; nested lists come back."""


def random_horizontal_flip(images, p, rng):
    result = []
    for image in images.tolist():
        if rng.random() < p:
            image = [list(reversed(row)) for row in image]
        result.append(image)
    return result


def random_crop(images, padding, rng):
    result = []
    for image in images.tolist():
        height = len(image)
        width = len(image[0])
        depth = len(image[0][0])
        dy = int(rng.integers(2 * padding + 1)) - padding
        dx = int(rng.integers(2 * padding + 1)) - padding
        new = []
        for y in range(height):
            line = []
            for x in range(width):
                if 0 <= y + dy < height and 0 <= x + dx < width:
                    line.append(image[y + dy][x + dx])
                else:
                    line.append([0] * depth)
            new.append(line)
        result.append(new)
    return result


def add_noise(images, std, rng):
    return [[[[value + std * rng.standard_normal() for value in pixel] for pixel in row] for row in image]
            for image in images.tolist()]


def cutout(images, size, rng):
    result = images.tolist()
    for image in result:
        top = int(rng.integers(len(image) - size + 1))
        left = int(rng.integers(len(image[0]) - size + 1))
        for y in range(top, top + size):
            for x in range(left, left + size):
                for k in range(len(image[y][x])):
                    image[y][x][k] = 0
    return result
