"""What students submit, a table for each kind: as Jupyter, Colab and VS Code write it, with what it has to come to."""

from __future__ import annotations

import codecs
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import nbformat
from nbconvert import PythonExporter

from tests.conftest import EXERCISES
from tests.handed_in import FUNCTIONS, NAME, SOLUTION, Handed, grade_id

Notebook = dict[str, Any]
NOTEBOOK, FILE = f"{NAME}/{NAME}.ipynb", f"{NAME}/{NAME}.py"
WRONG = "def sgd(x, grad, state, lr):\n    return x, state\n"
ROOT = "def root(v):\n    return np.sqrt(v)"


# ---- how programs write a notebook


def plain(notebook: Notebook) -> bytes:
    """Return a notebook as it was released, but for what was filled in."""
    return json.dumps(notebook).encode()


def _lines(notebook: Notebook) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, cell in enumerate(notebook["cells"], 1):
        yield number, cell | {"source": cell["source"].splitlines(keepends=True)}


LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
    "version": "3.12.3",
}


def jupyterlab(notebook: Notebook) -> bytes:
    """Return a notebook as JupyterLab saves it: with outputs, counts, times and the language's details."""
    cells = []
    for number, cell in _lines(notebook):
        if cell["cell_type"] == "code":
            cell |= {
                "execution_count": number,
                "outputs": [
                    {"name": "stdout", "output_type": "stream", "text": ["0.5\n", "done\n"]},
                    {"data": {"image/png": "iVBORw0KGgo=\n", "text/plain": ["<Figure size 640x480 with 1 Axes>"]},
                     "metadata": {}, "output_type": "display_data"},
                ],
            }  # fmt: skip
            times = {"iopub.execute_input": "2026-11-02T10:00:00.000000Z", "shell.execute_reply": None}
            cell["metadata"] = cell["metadata"] | {"execution": times, "scrolled": True, "trusted": True}
        cells.append(cell)
    metadata = notebook["metadata"] | {"language_info": LANGUAGE, "widgets": {"state": {}, "version_major": 2}}
    return json.dumps(notebook | {"cells": cells, "metadata": metadata}, indent=1, ensure_ascii=False).encode()


def colab(notebook: Notebook) -> bytes:
    """Return a notebook as Colab downloads it: format 4.0, ids in the metadata, who ran what and when."""
    cells = []
    for number, cell in _lines(notebook):
        name = f"mXy{number:09d}"
        kept = {key: value for key, value in cell.items() if key != "id"}
        kept["metadata"] = cell["metadata"] | {"id": name}
        if cell["cell_type"] == "code":
            info = {"status": "ok", "timestamp": 1762077600000, "user_tz": -60, "elapsed": 12,
                    "user": {"displayName": "Ada L", "userId": "01234567890"}}  # fmt: skip
            kept["metadata"] |= {"executionInfo": info, "colab": {"base_uri": "https://localhost:8080/", "height": 35}}
            kept |= {"execution_count": number, "outputs": []}
        cells.append(kept)
    metadata = {
        "accelerator": "GPU",
        "colab": {"provenance": [], "gpuType": "T4", "toc_visible": True},
        "kernelspec": {"display_name": "Python 3", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return json.dumps({"nbformat": 4, "nbformat_minor": 0, "metadata": metadata, "cells": cells}, indent=2).encode()


def vscode(notebook: Notebook) -> bytes:
    """Return a notebook as Visual Studio Code saves it: format 4.2, Windows' line ends inside cells."""
    cells = []
    for _, cell in _lines(notebook):
        source = [line.replace("\n", "\r\n") for line in cell["source"]]
        metadata = cell["metadata"] | {"vscode": {"languageId": "python"}}
        cells.append(
            {key: value for key, value in cell.items() if key != "id"} | {"source": source, "metadata": metadata}
        )
    metadata = {
        "kernelspec": {"display_name": ".venv (3.12.3)", "language": "python", "name": "python3"},
        "language_info": LANGUAGE,
        "orig_nbformat": 4,
        "vscode": {"interpreter": {"hash": "31f2aee4e71d21fbe5cf8b01ff0e069b9275f58929596ceb00d14d90e3e16cd6"}},
    }
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 2}, indent=4).encode()


def stripped(notebook: Notebook) -> bytes:
    """Return a notebook without any metadata, as some sites and nbstripout leave it."""
    cells = [{**cell, "metadata": {}, "source": cell["source"]} for cell in notebook["cells"]]
    return json.dumps(notebook | {"cells": cells, "metadata": {}}).encode()


def exported(notebook: bytes) -> str:
    """Return a notebook as Jupyter's own "Executable Script" writes it."""
    return PythonExporter().from_notebook_node(nbformat.reads(notebook.decode(), as_version=4))[0]


def zipped(files: dict[str, bytes | str]) -> bytes:
    """Return a zip of some files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, each in files.items():
            packed.writestr(name, each)
    return content.getvalue()


# ---- cases


@dataclass(frozen=True, kw_only=True)
class Case:
    """A submission: a notebook with some cells, or files.

    The notebook is the standalone one if `alone`. `lost` are the functions that lose points; `told` is what their
    student reads beside the checks. `at_home` says whether `check` looks where it lies, `runs` whether the cells can be
    run in a kernel; `ran` are cells that were run there and deleted before the notebook was saved, and `kernel` is what
    `check` in it tells then.
    """

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    setup: str = ""
    root: str = "np.sqrt(c_hat)"
    functions: dict[str, str] = field(default_factory=dict)
    change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]] | None = None
    write: Callable[[Notebook], bytes] = plain
    place: str = NOTEBOOK
    files: Callable[[bytes], dict[str, bytes | str]] | None = None
    lost: tuple[str, ...] = ()
    told: str = ""
    error: str = ""
    alone: bool = False
    at_home: bool = True
    runs: bool = True
    ran: tuple[str, ...] = ()
    kernel: str = ""

    def cells(self, released: bytes) -> list[dict[str, Any]]:
        """Return the notebook's cells; none where only files are submitted."""
        if self.files is not None:
            return []
        handed = self._handed(released)
        return self.change(handed.cells()) if self.change else handed.cells()

    def handed_in(self, released: bytes) -> dict[str, bytes]:
        """Return the files in a student's folder, by name."""
        if self.files is not None:
            found = self.files(released)
            return {name: each if isinstance(each, bytes) else each.encode() for name, each in found.items()}
        return {self.place: self.write(json.loads(self._handed(released).notebook(self.cells(released))))}

    def _handed(self, released: bytes) -> Handed:
        return Handed(released, self.setup, self.before, self.after, self.root, self.functions)


def own(*before: str, root: str = "root(c_hat)", **fields: Any) -> Case:
    """Return a notebook with cells of the student's own, one of which defines what adam uses."""
    return Case(before=before, root=root, **fields)


def file(source: str | bytes, **fields: Any) -> Case:
    """Return a `.py` file that is submitted under its name."""
    return Case(files=lambda _: {FILE: source}, **fields)


def named(name: str, content: str | bytes = SOLUTION, **fields: Any) -> Case:
    """Return a file that is submitted under another name."""
    return Case(files=lambda _: {name: content}, **fields)


def filled(released: bytes, write: Callable[[Notebook], bytes] = plain) -> bytes:
    """Return the notebook with every function filled in."""
    return write(json.loads(Handed(released).notebook()))


def _defined_at_the_end(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Move the setup cell behind all others."""
    return sorted(cells, key=lambda cell: grade_id(cell) == "setup")


def _merged(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Merge a solution cell into the graded cell below it, as Jupyter does: one mark is left."""
    texts = {grade_id(cell): cell for cell in cells}
    graded = texts["grade-minibatches"]
    graded["source"] = f"{texts['solution-minibatches']['source']}\n{graded['source']}"
    return [cell for cell in cells if grade_id(cell) != "solution-minibatches"]


def _with_step_size(last: str) -> Callable[[list[dict[str, Any]]], list[dict[str, Any]]]:
    """Put a helper above adagrad, and another one of the same name above adam."""

    def change(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
        changed = []
        for cell in cells:
            if grade_id(cell) == "solution-adagrad":
                cell["source"] = cell["source"].replace("grad / (np.sqrt(c) + eps)", "step_size(grad, c, eps)")
                changed.append(code("def step_size(g, c, eps):\n    return g / (np.sqrt(c) + eps)"))
            if grade_id(cell) == "solution-adam":
                changed.append(code(last))
            changed.append(cell)
        return changed

    return change


def _doubled(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Copy and paste every solution cell, marks included."""
    return [copy for cell in cells for copy in ([cell, dict(cell)] if "solution-" in grade_id(cell) else [cell])]


def _unfilled(*functions: str) -> Callable[[list[dict[str, Any]]], list[dict[str, Any]]]:
    """Leave the cells of some functions as they were released."""

    def change(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
        for cell in cells:
            if grade_id(cell).removeprefix("solution-") in functions:
                head, _, rest = cell["source"].partition('"""')
                doc = rest.partition('"""')[0]
                cell["source"] = f'{head}"""{doc}"""\n    raise NotImplementedError'
        return cells

    return change


def code(text: str) -> dict[str, Any]:
    """Return a cell of the student's own."""
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": text}


# The cases that were given, made again from today's notebook; the keys are kinds.
GIVEN: dict[str, dict[str, Case]] = {
    "own-cells": {
        "del_shadow": own("sum = 3", "del sum", root="sum([1]) * np.sqrt(c_hat)"),
        "for_def": own("for _ in range(1):\n    def root(v): return np.sqrt(v)"),
        "for_table": own("TABLE = {}", 'for k in ("a",):\n    TABLE[k] = np.sqrt', root='TABLE["a"](c_hat)'),
        "greek_name": own("ε0 = 0.0   # a Greek name, as in the slides", root="(np.sqrt(c_hat) + ε0)"),
        "list_append": own("FS = []", "FS.append(np.sqrt)", root="FS[0](c_hat)"),
        "time_line": own("%time root = np.sqrt"),
        "with_block": own('with np.errstate(all="ignore"):\n    root = np.sqrt'),
    },
    "table-cells": {
        "table_filled_by_loop": Case(
            setup=ROOT, root="root(c_hat)", after=("TABLE = {}", "for k in (1, 2):\n    TABLE[k] = 1")
        )
    },
    "live-check": {
        "array_element": own("w = np.zeros(3)", "w[0] = 1.0", root="w[0]*np.sqrt(c_hat)"),
        "attribute_of_class": own("class K:\n    pass", "K.rt = np.sqrt", root="K.rt(c_hat)"),
        "decorated_later": own(
            "def rt(v):\n    return np.sqrt(v)",
            "def same(f):\n    def g(*a, **k): return f(*a, **k)\n    return g",
            "rt = same(rt)",
            root="rt(c_hat)",
        ),
        "dict_entry": own('CFG = {"one": 2.0}', 'CFG["one"] = 1.0', root='CFG["one"]*np.sqrt(c_hat)'),
        "redefine_from_itself": own("half = 0.25", "half = half * 4", root="half*np.sqrt(c_hat)"),
        "subscript_assign": own("TABLE = {}", 'TABLE["a"] = np.sqrt', root='TABLE["a"](c_hat)'),
    },
    "helper-name-reused": {
        "helper_name_reused": Case(
            change=_with_step_size("def step_size(m, c, eps):\n    return m / (np.sqrt(c) + eps), c"),
            functions={
                "adam": FUNCTIONS["adam"].replace("m_hat / (np.sqrt(c_hat) + eps)", "step_size(m_hat, c_hat, eps)[0]")
            },
            lost=("adagrad",),
            told="step_size is defined in cell",
            kernel="all functions use the last one",
        )
    },
    "stale-cell": {
        "deleted_helper_cell": Case(
            root="rt(c_hat)",
            ran=("def rt(v):\n    return np.sqrt(v)",),
            before=("assert rt(4) == 2",),
            lost=("adam",),
            told="name 'rt' is not defined",
            kernel="Run here, but not in the saved notebook",
        )
    },
    "merged-into-grade-cell": {"merged_into_grade_cell": Case(change=_merged)},
    "ipython-syntax": {
        "assign_shell": Case(setup=f"{ROOT}\nfiles = !ls", root="root(c_hat)"),
        "magic_in_function": Case(
            functions={"sgd": FUNCTIONS["sgd"].replace("    return", "    %time z = 1\n    return")}
        ),
        "magic_indented_colab": Case(
            setup='import sys\nIN_COLAB = "google.colab" in sys.modules\nif IN_COLAB:\n    !pip install -q tqdm\n'
            + ROOT,
            root="root(c_hat)",
        ),
        "magic_indented_try": Case(
            setup=f"{ROOT}\ntry:\n    import tqdm\nexcept ImportError:\n    %pip install tqdm", root="root(c_hat)"
        ),
        "shell_continued": Case(setup=f"!pip install --quiet \\\n    numpy \\\n    tqdm\n{ROOT}", root="root(c_hat)"),
    },
    "cell-magics": {
        "script_false_wrong_sgd": Case(after=(f"%%script false --no-raise-error\n{WRONG}",)),
        "writefile_wrong_sgd": Case(after=(f"%%writefile mine.py\n{WRONG}",)),
    },
    "cli-check-notebook": {"good": Case()},
    "notebook-json": {
        "bom": Case(write=lambda notebook: codecs.BOM_UTF8 + plain(notebook)),
        "nan_in_metadata": Case(write=lambda notebook: plain(notebook | {"metadata": {"a": float("nan")}})),
        "nan_in_output": Case(
            after=("1",),
            write=lambda notebook: plain(notebook).replace(b'"outputs": []', b'"outputs": [{"data": {"x": NaN}}]'),
        ),
        "nul_padded": Case(write=lambda notebook: plain(notebook) + b"\0" * 500),
        "null_cell": Case(write=lambda notebook: plain(notebook | {"cells": [None, *notebook["cells"]]})),
    },
    "encodings": {
        "py_utf16_nobom": file(SOLUTION.encode("utf-16-le")),
        "py_utf32": file(SOLUTION.encode("utf-32")),
    },
    "exported-script": {"exported_script": Case(files=lambda released: {FILE: exported(filled(released))})},
    "py-all-or-nothing": {
        "exported_and_released_nb": Case(files=lambda released: {FILE: exported(filled(released)), NOTEBOOK: released}),
        "loads_data": file(f'{SOLUTION}\ndata = np.load("data.npz")\n', told="data.npz"),
        "py_with_plt": file(f"import matplotlib.pyplot as plt\n{SOLUTION}", told="matplotlib"),
        "self_test_fails": file(
            f'{SOLUTION}\nassert np.allclose(sgd(np.ones(2), np.ones(2), {{}}, .1)[0], .8), "my own test"\n',
            told="my own test",
        ),
    },
    "mac-check": {"loads_data": file(f'{SOLUTION}\n\ndata = np.load("data.npz")\n', told="data.npz")},
    "misnamed-file": {
        "browser_copy": named(f"{NAME}/{NAME} (1).py", told=f"{NAME} (1).py was graded as {NAME}.py"),
        "capital": named(f"{NAME}/Optimizers.py", told="Optimizers.py was graded"),
        "copy1_beside_released": Case(
            files=lambda released: {NOTEBOOK: released, f"{NAME}/{NAME} (1).ipynb": filled(released)},
            told=f"{NAME} (1).ipynb was graded as {NAME}.ipynb",
        ),
        "flat": named(f"{NAME}.py", told=f"../{NAME}.py was graded", at_home=False),
        "nested": named(f"{NAME}/{NAME}/{NAME}.py", told=f"{NAME}/{NAME}.py was graded"),
        "txt": named(f"{NAME}/{NAME}.py.txt", told=f"{NAME}.py.txt was graded"),
        "zipped": named(f"{NAME}/{NAME}.zip", zipped({f"{NAME}.py": SOLUTION}), told="was taken out of"),
    },
}
assert set(EXERCISES) >= {NAME}
