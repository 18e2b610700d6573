# A small picture, and six draws of your function.
with picture("cutout") as plt:
    down, across = np.mgrid[-1:1:24j, -1:1:24j]
    letter = ((across < -0.4) | ((down > 0.5) & (across < 0.6))) & (abs(down) < 0.8) & (abs(across) < 0.8)
    images = np.repeat(letter[None, :, :, None].astype(float), 6, axis=0)
    shown = np.concatenate([images[:1], cutout(images.copy(), 8, np.random.default_rng(1))])
    _, axes = plt.subplots(1, 7, figsize=(9, 1.6))
    for axis, image, title in zip(axes, shown, ["before", *["after"] * 6], strict=True):
        axis.imshow(image[:, :, 0], cmap="gray", vmin=-0.5, vmax=1.5)
        axis.set_title(title, fontsize=9)
        axis.axis("off")
