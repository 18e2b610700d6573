"""Pictures of what students' functions do, drawn as data in a sandbox and laid out here; or why there is none."""

from __future__ import annotations

from autograder.pictures.draw import Artist, Picture, Plots, draw_pictures, open_artist, plots_of
from autograder.pictures.layout import Panel, lay_out

__all__ = ["Artist", "Panel", "Picture", "Plots", "draw_pictures", "lay_out", "open_artist", "plots_of"]
