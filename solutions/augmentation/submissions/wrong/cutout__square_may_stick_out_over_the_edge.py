"""The student draws the centre of the square anywhere in the image and lets the edges cut it off."""


def cutout(images, size, rng):
    result = images.copy()
    N, H, W, C = images.shape
    half = size // 2
    for i in range(N):
        cy = rng.integers(H)
        cx = rng.integers(W)
        y0, x0 = cy - half, cx - half
        y1, x1 = y0 + size, x0 + size
        result[i, max(y0, 0):min(y1, H), max(x0, 0):min(x1, W), :] = 0
    return result
