"""Pictures of what students' functions do: drawn in a sandbox as data, laid out here; or why there is none."""

from __future__ import annotations

from autograder.pictures.draw import Artist, Picture, Plots, open_artist, plots_of
from autograder.pictures.layout import Panel, lay_out

__all__ = ["Artist", "Panel", "Picture", "Plots", "lay_out", "open_artist", "plots_of"]
