"""Draw pictures with the functions of a file, and print what matplotlib shows: axes by axes, as JSON.

Arguments are the file, code that is run after it, and the pictures.
"""

import json
import sys
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np

from autograder.notebook import BELOW, picture

shown = []


def show(stem: str) -> None:
    """Add what is shown of a picture."""
    for axis in plt.gcf().axes:
        legend = axis.get_legend()
        shared = [len(each.get_siblings(axis)) > 1 for each in (axis.get_shared_x_axes(), axis.get_shared_y_axes())]
        lines = [(each.get_zorder(), each.get_drawstyle(), np.array(each.get_data()).tolist()) for each in axis.lines]
        shown.append(
            {
                "picture": stem,
                "curves": bool(axis.lines) and axis.axison,
                "labeled": [axis.get_xlabel() != "" or shared[0], axis.get_ylabel() != "" or shared[1]],
                "legend": legend and [text.get_text() for text in legend.get_texts()],
                "gray": [line[1:] for line in lines if line[0] == BELOW],
                "own": [line[1:] for line in lines if line[0] != BELOW],
            }
        )


mpl.use("agg")
names = {"np": np, "picture": picture}
exec(Path(sys.argv[1]).read_text("utf-8"), names)
exec(sys.argv[2], names)
for file in map(Path, sys.argv[3:]):
    plt.show = lambda file=file: show(file.stem)
    exec(file.read_text("utf-8"), names)
print(json.dumps(shown))
