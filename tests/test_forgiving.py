"""What counts: one rule for notebooks and files, in the grader as in Jupyter, tested on what students submit."""

from __future__ import annotations

import codecs
import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

import autograder
from autograder.course import DEFAULT_SEED
from autograder.grading import open_grader, read_submission
from autograder.key import AnswerKey, read_key, write_key
from autograder.limits import Limits
from autograder.merge import released_notebook
from autograder.release import make_notebook, put_notebook_back
from autograder.sandbox import BARE, Sandbox
from tests.cases import exported, zipped
from tests.conftest import EXERCISES
from tests.conftest import autograder as command
from tests.handed_in import FUNCTIONS, NAME, SOLUTION, Handed, code, grade_id
from tests.kernels import WarmKernelManager

GRADED = ("sgd", "adam", "adagrad", "minibatches")  # what the submissions here differ in
WRONG = "def sgd(x, grad, state, lr):\n    return x, state\n"


@pytest.fixture(scope="module")
def released():
    """Return the notebook as students get it."""
    return make_notebook(EXERCISES[NAME])


@pytest.fixture(scope="module")
def impatient() -> Iterator[Sandbox]:
    """Return a sandbox with short limits."""
    with Sandbox(Limits(cpu_seconds=0.5), BARE) as running:
        yield running


def half_of(key: AnswerKey) -> AnswerKey:
    """Return the key with four of eight functions, worth as much: enough to show how a submission is read."""
    checks = [check for check in key.checks if check.function in GRADED]
    share = 100 / sum(check.points for check in checks)
    return msgspec.structs.replace(
        key,
        checks=tuple(msgspec.structs.replace(check, points=check.points * share) for check in checks),
        handed_out=tuple(check for check in key.handed_out if check.function in GRADED),
    )


@pytest.fixture(scope="module")
def grade(keys, impatient, released, tmp_path_factory):
    """Return a function that writes files into a student's folder, reads them as a class is read, and grades them."""
    grader = open_grader(half_of(keys(DEFAULT_SEED)[NAME]))
    read = released_notebook(NAME, released)

    def grade_files(files: dict[str, bytes | str], *, confined: bool = True):
        root = tmp_path_factory.mktemp("class")
        for name, content in files.items():
            file = root / "ada" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        submission = read_submission(root, "ada", "ada", NAME, read)
        return grader.grade(submission, impatient if confined else None).record

    return grade_files


NOTEBOOK, FILE = f"{NAME}/{NAME}.ipynb", f"{NAME}/{NAME}.py"


def advice(record) -> str:
    """Return the advice that the student reads."""
    return "\n".join(record.advice) + (record.error.message if record.error else "")


OWN_CELLS = {
    "del_shadow": (["sum = 3", "del sum"], "sum([1]) * np.sqrt(c_hat)"),
    "for_def": (["for _ in range(1):\n    def rt(v): return np.sqrt(v)"], "rt(c_hat)"),
    "for_table": (["TABLE = {}", 'for k in ("a",):\n    TABLE[k] = np.sqrt'], 'TABLE["a"](c_hat)'),
    "greek_name": (["ε0 = 0.0"], "(np.sqrt(c_hat) + ε0)"),
    "list_append": (["FS = []", "FS.append(np.sqrt)"], "FS[0](c_hat)"),
    "time_line": (["%time rt = np.sqrt"], "rt(c_hat)"),
    "with_block": (['with np.errstate(all="ignore"):\n    rt = np.sqrt'], "rt(c_hat)"),
    "array_element": (["w = np.zeros(3)", "w[0] = 1.0"], "(w[0] * np.sqrt(c_hat))"),
    "attribute_of_class": (["class K:\n    pass", "K.rt = np.sqrt"], "K.rt(c_hat)"),
    "decorated_later": (
        ["def rt(v):\n    return np.sqrt(v)", "def same(f):\n    return lambda *a: f(*a)", "rt = same(rt)"],
        "rt(c_hat)",
    ),
    "dict_entry": (['CFG = {"one": 2.0}', 'CFG["one"] = 1.0'], '(CFG["one"] * np.sqrt(c_hat))'),
    "redefine_from_itself": (["half = 0.25", "half = half * 4"], "(half * np.sqrt(c_hat))"),
    "subscript_assign": (["TABLE = {}", 'TABLE["a"] = np.sqrt'], 'TABLE["a"](c_hat)'),
    "while_loop": (["n = 0\nwhile n < 3:\n    n += 1"], "(np.sqrt(c_hat) * (n - 2))"),
    "walrus": (["(one := 1.0)"], "(np.sqrt(c_hat) * one)"),
    "setattr": (["class C: pass\nsetattr(C, 'rt', np.sqrt)"], "C.rt(c_hat)"),
    "globals": (["globals()['rt'] = np.sqrt"], "rt(c_hat)"),
    "exec": (["exec('rt = np.sqrt')"], "rt(c_hat)"),
    "update": (["T = {}", "T.update(a=np.sqrt)"], "T['a'](c_hat)"),
    "match": (["match 1:\n    case 1:\n        rt = np.sqrt"], "rt(c_hat)"),
    "try_else": (["try:\n    pass\nfinally:\n    rt = np.sqrt"], "rt(c_hat)"),
    "lambda": (["rt = lambda v: np.sqrt(v)"], "rt(c_hat)"),
    "chained": (["a = b = np.sqrt"], "b(c_hat)"),
    "unpacked": (["(p, [q]) = 1, [np.sqrt]"], "q(c_hat)"),
    "starred": (["first, *rest = np.exp, np.sqrt"], "rest[0](c_hat)"),
    "annotated": (["rt: object = np.sqrt"], "rt(c_hat)"),
    "extended": (["L = []", "L += [np.sqrt]"], "L[0](c_hat)"),
    "semicolons": (["a = 1; rt = np.sqrt"], "rt(c_hat)"),
    "async": (["async def g(): return 1\nrt = np.sqrt"], "rt(c_hat)"),
    "main": (['if __name__ == "__main__":\n    rt = np.sqrt'], "rt(c_hat)"),
    "import_star": (["from numpy import *"], "sqrt(c_hat)"),
    "dataclass": (
        [
            "from dataclasses import *\nfrom typing import *",
            "@dataclass\nclass P:\n    n: float\n    k: ClassVar[int] = 1",
        ],
        "(np.sqrt(c_hat) * P(1.0).n)",
    ),
    "own_check": (["check('sgd')\npoints('sgd')\ncheck()", "rt = np.sqrt"], "rt(c_hat)"),
    "own_picture": (["with picture('sgd') as plt:\n    rt = np.sqrt\n    plt.plot([1])"], "rt(c_hat)"),
    "display": (["from IPython.display import display, HTML\ndisplay(HTML('x'))\nrt = np.sqrt"], "rt(c_hat)"),
    "plots": (["import matplotlib.pyplot as plt", "plt.plot([1])\nrt = np.sqrt\nplt.show()"], "rt(c_hat)"),
    "endless": (["rt = np.sqrt\nwhile True: pass", "one = 1"], "(rt(c_hat) * one)"),
    "exit": (["rt = np.sqrt\nexit()\none = 1"], "(rt(c_hat) * one)"),
    "ends_its_process": (["rt = np.sqrt", "import os\nos._exit(3)\none = 1"], "(rt(c_hat) * one)"),
}


@pytest.mark.parametrize("name", OWN_CELLS)
def test_own_cells_run_as_in_jupyter(grade, released, name):
    """Whatever statement defines a name in a cell of the student's own, a function that uses it is right."""
    before, root = OWN_CELLS[name]
    record = grade({NOTEBOOK: Handed(released, before=before, root=root).notebook()})
    assert record.score == 100, advice(record)


IPYTHON = {
    "assign_shell": "files = !ls",
    "magic_indented_colab": 'import sys\nCOLAB = "google.colab" in sys.modules\nif COLAB:\n    !pip install -q tqdm',
    "magic_indented_try": "try:\n    import tqdm\nexcept ImportError:\n    %pip install tqdm",
    "shell_continued": "!pip install --quiet \\\n    numpy \\\n    tqdm",
    "assign_magic": "x = %timeit -o 1 + 1",
    "help": "np.sqrt?\n?np\nnp??\n??np\n*int*?\n%time?",
    "line_magics": "%matplotlib inline\n%load_ext autoreload\n%autoreload 2\n%config A.b = 1\n%env A=1\n%cd ..",
    "quoted": "!echo \"it's\" 'x\n!echo it's",
    "git": "!git clone https://example.org/a.git && cd a  # then",
    "in_a_loop": "for i in range(2):\n    !echo {i}\n    y = !ls $i",
    "in_a_class": "class A:\n    %time b = 1\n    def f(self):\n        !ls",
    "prompts": ">>> q = 1\n>>> def h(x):\n...     return x",
    "ipython_prompts": "In [1]: q = 1\n   ...: z = 2",
    "indented": "    q = 1\n    z = 2",
    "autocall": "/print 1\n,print a b\n;print a b",
    "in_a_string": "s = '''\n%magic\n!ls\n'''\n!ls",
    "percent_operator": "q = (5\n%2)\n!ls",
    "double_shell": "!!ls",
    "shell_in_try": "try:\n    !nvidia-smi\nexcept Exception:\n    pass",
    "await": "import asyncio\nawait asyncio.sleep(0)",
    "get_ipython": "get_ipython().run_line_magic('matplotlib', 'inline')\nget_ipython().system('ls')",
    "colab_test": "if 'google.colab' in str(get_ipython()):\n    from google.colab import drive",
    "percent_pip": "%pip install -q \\\n   tqdm",
    "debug": "%xmode Verbose\n%pdb off",
}


@pytest.mark.parametrize("name", IPYTHON)
def test_ipythons_syntax_is_read(grade, released, name):
    """A setup cell with magics, shell commands and questions still defines its names."""
    setup = f"{IPYTHON[name]}\nimport math as m\ndef root(v):\n    return np.sqrt(v)"
    if name in ("prompts", "ipython_prompts", "indented"):
        handed = Handed(released, before=[IPYTHON[name], "root = np.sqrt"], root="root(c_hat)")
    else:
        handed = Handed(released, setup=setup, root="root(c_hat)")
    record = grade({NOTEBOOK: handed.notebook()})
    assert record.score == 100, advice(record)
    assert "can't be read" not in advice(record)


def test_magic_in_a_function_is_read(grade, released):
    """A magic in the middle of a function is one of its statements."""
    sgd = FUNCTIONS["sgd"].replace("    return", "    %time z = 1\n    return")
    assert grade({NOTEBOOK: Handed(released, functions={"sgd": sgd}).notebook()}).score == 100


NOT_RUN = [
    "%%writefile mine.py", "%%script false --no-raise-error", "%%bash", "%%html", "%%timeit", "%%timeit -n1 -r1",
    "%%sh", "%%javascript", "%%latex", "%%markdown", "%%svg", "%%file a.py", "%%python", "%%python3", "%%perl", "%%js",
    "%%ruby", "%%pypy", "%%system", "%%!", "%%sx", "%%cython", "%%time x = 1", "\n\n%%bash", "%%HTML", "%%sql",
]  # fmt: skip


@pytest.mark.parametrize("magic", NOT_RUN)
def test_cell_magic_whose_body_runs_elsewhere_defines_nothing(grade, released, magic):
    """Code that Jupyter does not run in the notebook's namespace replaces no function."""
    record = grade({NOTEBOOK: Handed(released, after=[f"{magic}\n{WRONG}"]).notebook()})
    assert record.score == 100, advice(record)


@pytest.mark.parametrize(
    "magic", ["%%time", "%%capture", "%%capture out", "%%capture --no-stderr out", "%%prun -q", "\n%%time"]
)
def test_cell_magic_whose_body_runs_in_the_notebook_defines(grade, released, magic):
    """Code that Jupyter runs in the notebook's namespace counts, right or wrong."""
    handed = Handed(released, before=[f"{magic}\nrt = np.sqrt\n!ls"], root="rt(c_hat)")
    assert grade({NOTEBOOK: handed.notebook()}).score == 100
    assert grade({NOTEBOOK: Handed(released, after=[f"{magic}\n{WRONG}"]).notebook()}).score < 100


def test_cell_that_can_not_be_read_is_named(grade, released):
    """A cell with a syntax error is reported with its place, and costs only what it would have defined."""
    record = grade({NOTEBOOK: Handed(released, after=["x = 1\ndef broken(:"]).notebook()})
    assert record.score == 100
    number = len(json.loads(released)["cells"]) + 1
    assert f"cell {number}, line 2 can't be read (SyntaxError" in advice(record)


def test_helper_that_is_defined_twice_is_told(grade, released):
    """As in Jupyter, the last definition counts, and the student learns why a right function counts as wrong."""
    handed = Handed(released)
    handed.functions = {
        "adagrad": FUNCTIONS["adagrad"].replace("lr * grad / (np.sqrt(c) + eps)", "lr * size(grad, c, eps)"),
    }
    cells = handed.cells()
    ids = [grade_id(cell) for cell in cells]
    cells.insert(ids.index("solution-adagrad"), code("def size(g, c, eps):\n    return g / (np.sqrt(c) + eps)"))
    cells.append(code("def size(m, c, eps):\n    return m, c"))
    record = grade({NOTEBOOK: handed.notebook(cells)})
    first = ids.index("solution-adagrad") + 1
    assert f"size is defined in cell {first} and again in cell {len(cells)}: all functions use the last one" in advice(
        record
    )


def test_function_in_a_locked_cell_counts(grade, released):
    """Cells that were merged in Jupyter run, whichever cell's mark is left."""
    handed = Handed(released)
    cells = handed.cells()
    texts = {grade_id(cell): cell for cell in cells}
    texts["grade-minibatches"]["source"] = "\n".join(
        texts[name]["source"] for name in ("solution-minibatches", "grade-minibatches")
    )
    cells.remove(texts["solution-minibatches"])
    assert grade({NOTEBOOK: handed.notebook(cells)}).score == 100


FILES = {
    "self_test_fails": (
        f"{SOLUTION}\nassert sgd(np.ones(2), np.ones(2), {{}}, 0.1)[0][0] == 0.8, 'my own test'\n",
        "my own test",
    ),
    "loads_data": (f'{SOLUTION}\ndata = np.load("data.npz")\n', "data.npz"),
    "py_with_plt": (f"import matplotlib.pyplot as plt\n{SOLUTION}", "matplotlib"),
    "tqdm": (f"from tqdm import tqdm\n{SOLUTION}", "tqdm"),
    "sys_exit": (f"import sys\n{SOLUTION}\nsys.exit()\n", "SystemExit"),
    "exit_early": (SOLUTION.replace("import numpy as np\n", "import numpy as np\nexit()\n", 1), "SystemExit"),
    "input": (f"{SOLUTION}\nname = input('name? ')\n", "EOFError"),
    "open": (f"{SOLUTION}\nprint(open('notes.txt').read())\n", "notes.txt"),
    "write": (f"{SOLUTION}\nopen('log.txt', 'w').write('x')\n", "log.txt"),
    "torch": (f"import torch\nimport torch.nn as nn\n{SOLUTION}", "torch"),
    "chdir": (f"import os\nos.chdir('/home/me/uni')\n{SOLUTION}", "/home/me/uni"),
    "argv": (f"import sys\n{SOLUTION}\nsteps = int(sys.argv[1])\n", "IndexError"),
    "name_error": (f"{SOLUTION}\nresult = sdg(1)\n", "sdg"),
    "return": (f"{SOLUTION}\nreturn 3\n", "outside function"),
    "main": (f"{SOLUTION}\nif __name__ == '__main__':\n    1 / 0\n", ""),
    "endless": (f"{SOLUTION}\nwhile True:\n    pass\n", "took longer"),
    "ends_its_process": (f"import os\n{SOLUTION}\nos._exit(1)\n", "ended the whole process"),
    "keyboard": (f"{SOLUTION}\nraise KeyboardInterrupt\n", "KeyboardInterrupt"),
    "memory": (f"{SOLUTION}\nbig = np.zeros((10**6, 10**6))\n", "MemoryError"),
    "shell": (f"!pip install tqdm\n{SOLUTION}", ""),
    "magic": (f"%matplotlib inline\n{SOLUTION}", ""),
    "plot_at_the_end": (f"{SOLUTION}\nimport matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()\n", "matplotlib"),
    "thread": (f"import threading\n{SOLUTION}\nthreading.Thread(target=print).start()\n", "thread"),
    "cells": (f"# %%\n{SOLUTION}\n# %%\ndef broken(:\n# %% [markdown]\n# words\n", "can't be read"),
    "import_itself": (f"{SOLUTION}\nimport optimizers\nassert optimizers.sgd\n", ""),
    "nul_padded": (f"{SOLUTION}" + "\0" * 100, ""),
}


@pytest.mark.parametrize("name", FILES)
def test_file_is_as_forgiving_as_a_notebook(grade, name):
    """One line that fails costs only what needs it, here nothing, and is reported."""
    source, told = FILES[name]
    record = grade({FILE: source})
    assert record.score == 100, advice(record)
    assert told in advice(record)
    assert bool(told) == bool(record.advice)


def test_file_that_is_not_python_says_where(grade):
    """A syntax error in a file costs all of it, as in Python, and is reported with its line."""
    record = grade({FILE: f"{SOLUTION}\ndef broken(:\n"})
    assert record.error.kind == "syntax"
    assert record.error.line == SOLUTION.count("\n") + 2


def test_statement_that_fails_costs_what_it_defines(grade):
    """A function whose definition fails raises the same error when it is called; the others keep their points."""
    source = SOLUTION.replace("def sgd(", "@cached\ndef sgd(", 1).replace(
        "import numpy as np\n", "import numpy as np\nfrom joblib import cached\n", 1
    )
    record = grade({FILE: source})
    lost = {check.function: check.message for check in record.checks if check.status != "passed"}
    assert set(lost) == {"sgd"}
    assert "ModuleNotFoundError" in lost["sgd"]


@pytest.mark.parametrize("beside", [False, True])
def test_exported_script_is_graded_as_the_notebook(grade, released, beside):
    """Whatever cells the notebook has, also magics, its export gets the same results."""
    before = [
        "%matplotlib inline\nfiles = !ls\n%time half = 0.5",
        "%%time\nrt = np.sqrt",
        "%%writefile a.py\n" + WRONG,
        "1 / 0",
    ]
    handed = Handed(released, before=before, root="(rt(c_hat) * half * 2)")
    notebook = handed.notebook()
    files = {FILE: exported(notebook)} | ({NOTEBOOK: released} if beside else {})
    alone, exported_ = grade({NOTEBOOK: notebook}), grade(files)
    assert alone.score == exported_.score == 100, advice(exported_)


def test_exported_script_with_a_broken_cell_is_graded_as_the_notebook(grade, released):
    """A cell that can't be read costs only what it would define, also in the export."""
    handed = Handed(released, after=["def broken(:"])
    record = grade({FILE: exported(handed.notebook())})
    assert record.score == 100
    assert "can't be read" in advice(record)


TAKEN = [
    f"{NAME}/{NAME} (1).py", f"{NAME}/{NAME}(2).py", f"{NAME}/Optimizers.py", f"{NAME}/OPTIMIZERS.PY", f"{NAME}.py",
    f"{NAME}/{NAME}/{NAME}.py", f"{NAME}/{NAME}.py.txt", f"{NAME}/Copy of {NAME}.py", f"{NAME}/{NAME} - Copy.py",
    f"{NAME}/{NAME}-Copy1.py", f"{NAME}/submission/{NAME}.py", f"Optimizers/{NAME}.py", f"{NAME}/{NAME} copy.py",
    f"{NAME}/{NAME} (1) (1).py", f"{NAME}/{NAME} copy 2.py",
]  # fmt: skip


@pytest.mark.parametrize("name", TAKEN)
def test_misnamed_file_is_taken_where_there_is_no_doubt(grade, name):
    """A misnamed file is graded if there is no doubt what it is, and its name is reported."""
    record = grade({name: SOLUTION})
    assert record.score == 100, advice(record)
    if name != f"Optimizers/{NAME}.py":
        assert Path(name).name in record.note
        assert record.note in record.advice


@pytest.mark.parametrize("inside", [f"{NAME}.py", f"{NAME}/{NAME}.py", f"a/b/{NAME}.py"])
@pytest.mark.parametrize("name", [f"{NAME}/{NAME}.zip", f"{NAME}/hand-in.zip", f"{NAME}.zip"])
def test_zip_is_opened_where_there_is_no_doubt(grade, name, inside):
    """The only zip is searched for the file."""
    record = grade({name: zipped({inside: SOLUTION, f"__MACOSX/._{NAME}.py": "x"})})
    assert record.score == 100, advice(record)
    assert f"{NAME}.py was taken out of " in record.note


@pytest.mark.parametrize(
    "name", ["optimizers-2.py", "solution.py", "optimizer.py", "optimizers_final.py", "adam.ipynb"]
)
def test_file_of_another_name_is_named(grade, name):
    """The message says which files were found, and what is expected."""
    record = grade({f"{NAME}/{name}": SOLUTION})
    assert record.error.kind == "missing"
    assert f"found {name}, expected {NAME}.py" in record.error.message


def test_two_copies_are_a_doubt(grade):
    """If two files differ, nobody can tell which one is meant."""
    record = grade({f"{NAME}/{NAME} (1).py": SOLUTION, f"{NAME}/{NAME} (2).py": f"{SOLUTION}\n#"})
    assert f"found {NAME} (1).py and {NAME} (2).py, expected {NAME}.py" in record.error.message
    assert grade({f"{NAME}/{NAME} (1).py": SOLUTION, f"{NAME}/{NAME} (2).py": SOLUTION}).score == 100


def test_filled_copy_beside_the_untouched_notebook_is_graded(grade, released):
    """The notebook as it was released is nobody's work; a filled copy beside it is."""
    filled = Handed(released).notebook()
    for name in ("optimizers (1).ipynb", "optimizers-Copy1.ipynb", "Copy of optimizers.ipynb"):
        record = grade({NOTEBOOK: released, f"{NAME}/{name}": filled})
        assert record.score == 100
        assert f"{name} was graded as {NAME}.ipynb" in record.note
    record = grade({NOTEBOOK: filled, f"{NAME}/optimizers (1).ipynb": Handed(released, after=[WRONG]).notebook()})
    assert record.score == 100
    assert "optimizers (1).ipynb was not graded" in record.note


def test_untouched_stub_beside_a_filled_copy_is_nobodys_work(grade, released):
    """If the stub is as it was released, nbgrader's or ours, the only copy, zip or deeper file counts instead."""
    stub = EXERCISES[NAME].assignment.joinpath(f"{NAME}.py").read_text("utf-8")
    for name, content in (
        (f"{NAME}/{NAME} (1).py", SOLUTION),
        (f"{NAME}/{NAME}/{NAME}.py", SOLUTION),
        (f"{NAME}/{NAME}.zip", zipped({f"{NAME}.py": SOLUTION})),
    ):
        record = grade({FILE: stub, NOTEBOOK: released, name: content})
        assert record.score == 100, advice(record)
    record = grade(
        {FILE: stub.replace("raise NotImplementedError", "return None", 1), f"{NAME}/{NAME} (1).py": SOLUTION}
    )
    assert record.score == 0
    assert f"{NAME} (1).py was not graded" in record.note


def test_notebook_is_put_back_where_the_file_lay_beside_its_folder(tmp_path, released):
    """A file above the place where nbgrader looks gets a folder there; one in another case is named."""
    (tmp_path / "release" / NAME).mkdir(parents=True)
    (tmp_path / "release" / NAME / f"{NAME}.ipynb").write_bytes(released)
    for student, place in (("ada", f"{NAME}.py"), ("bob", f"Optimizers/{NAME}.py")):
        file = tmp_path / "submitted" / student / place
        file.parent.mkdir(parents=True)
        file.write_text(SOLUTION, "utf-8")
    assert put_notebook_back(tmp_path / "release" / NAME, tmp_path / "submitted" / "ada" / NAME)
    assert (tmp_path / "submitted" / "ada" / NAME / f"{NAME}.ipynb").read_bytes() == released
    with pytest.raises(OSError, match="the folder is called Optimizers, expected optimizers"):
        put_notebook_back(tmp_path / "release" / NAME, tmp_path / "submitted" / "bob" / NAME)


@pytest.mark.parametrize("depth", ["link", "folder"])
def test_links_are_not_followed_to_a_file_of_another_name(released, tmp_path, depth):
    """Neither a link's name nor a folder behind a link leads to somebody else's file."""
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / f"{NAME} (1).py").write_text(SOLUTION)
    folder = tmp_path / "class" / "ada" / NAME
    folder.mkdir(parents=True)
    target = folder / f"{NAME} (1).py" if depth == "link" else folder / "deeper"
    target.symlink_to(secret / f"{NAME} (1).py" if depth == "link" else secret)
    submission = read_submission(tmp_path / "class", "ada", "ada", NAME, released_notebook(NAME, released))
    assert submission.error.kind == "missing"


def encoded(notebook: bytes, how: str) -> bytes:
    """Return a notebook as some program left it."""
    text = notebook.decode()
    parsed = json.loads(text)
    if how == "nan_in_metadata":
        return json.dumps(parsed | {"metadata": {"a": float("nan"), "b": float("-inf")}}).encode()
    if how == "nan_in_output":
        cell = code("1") | {"outputs": [{"output_type": "execute_result", "data": {"x": float("nan")}, "metadata": {}}]}
        return json.dumps(parsed | {"cells": [*parsed["cells"], cell]}).encode()
    if how == "null_cell":
        return json.dumps(parsed | {"cells": [None, "x", {}, *parsed["cells"]]}).encode()
    if how == "lone_surrogate":
        return (
            json.dumps(parsed | {"cells": [*parsed["cells"], code("s = 'x'")]})
            .replace("s = 'x'", r"s = '\ud83d NaN'")
            .encode()
        )
    if how == "lone_surrogate_raw":
        return text.replace("{", '{"a": "', 1).encode()[:0] + json.dumps(
            parsed | {"x": "\ud800"}, ensure_ascii=False
        ).encode("utf-8", "surrogatepass")
    return {
        "bom": codecs.BOM_UTF8 + notebook,
        "utf_16": text.encode("utf-16"),
        "utf_16_le": text.encode("utf-16-le"),
        "utf_16_be": text.encode("utf-16-be"),
        "utf_32": text.encode("utf-32"),
        "nul_padded": notebook + b"\0" * 500,
        "crlf": text.replace("\n", "\r\n").encode(),
        "no_indent": json.dumps(parsed).encode(),
        "blank_before": b"\n \n" + notebook,
        "newline_after": notebook + b"\n\n",
        "lines": json.dumps(
            parsed | {"cells": [c | {"source": c["source"].splitlines(keepends=True)} for c in parsed["cells"]]}
        ).encode(),
        "duplicate_key": notebook.replace(b"{", b'{"cells": [], ', 1),
    }[how]


@pytest.mark.parametrize(
    "how",
    ["nan_in_metadata", "nan_in_output", "null_cell", "lone_surrogate", "lone_surrogate_raw", "bom", "utf_16",
     "utf_16_le", "utf_16_be", "utf_32", "nul_padded", "crlf", "no_indent", "blank_before", "newline_after", "lines",
     "duplicate_key"],
)  # fmt: skip
def test_notebook_is_read_as_python_reads_json(grade, released, how):
    """Changes that Jupyter, Python's json or a synchronized folder make to a notebook do not matter."""
    notebook = Handed(released).notebook()
    record = grade({NOTEBOOK: encoded(notebook, how)})
    assert record.score == 100, advice(record)
    as_file = grade({FILE: encoded(notebook, how)})
    assert as_file.score == 100, advice(as_file)


BROKEN = {
    "empty": (b"", "is empty"),
    "zeros": (b"\0" * 4000, "is empty"),
    "cut": (lambda notebook: notebook[: len(notebook) // 2], "its end is missing"),
    "page": (b"<!DOCTYPE html><html></html>", "it is a web page"),
    "merge": (
        lambda notebook: notebook.replace(b'"cells"', b'\n<<<<<<< HEAD\n"cells"', 1),
        "merge that was not finished",
    ),
    "python": (SOLUTION.encode(), "does not begin as a notebook does"),
    "comma": (lambda notebook: notebook.replace(b"[", b"[,", 1), "it is damaged in line 1"),
    "list": (b'{"cells": 3}', "nbformat 4"),
    "latin_1": (lambda notebook: notebook + "é".encode("latin-1"), "it is not text"),
    "large": (b" " * (32 * 2**20 + 1), "33554432 are allowed"),
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("beside", [False, True])
def test_notebook_that_can_not_be_read_says_why(grade, released, name, beside):
    """The reason is true, and is shown to the student and on the instructor's screen, whether or not a file counts."""
    content, told = BROKEN[name]
    notebook = content(Handed(released).notebook()) if callable(content) else content
    record = grade({NOTEBOOK: notebook} | ({FILE: SOLUTION} if beside else {}))
    if beside:
        assert record.score == 100
        assert told in record.note
    else:
        assert record.error.kind == "unreadable"
        assert told in record.error.message


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)
def test_file_is_read_in_any_encoding_of_unicode(grade, encoding):
    """Files count in whatever encoding an editor saves them, with or without a byte-order mark."""
    assert grade({FILE: SOLUTION.encode(encoding)}).score == 100


def test_file_without_a_sandbox_warns_of_what_will_not_work(grade, tmp_path, monkeypatch):
    """Where nothing is forbidden, use of files, threads, processes and the network is reported with its line."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data.npz").write_bytes(zipped({"a": "x"}))
    inside = SOLUTION.replace("    order = rng", "    open('log.txt', 'a').close()\n    order = rng", 1)
    source = f"{inside}\ndata = np.load('data.npz')\nimport threading, subprocess, socket, json, wave\n"
    source += "threading.Thread(target=int).start()\nsubprocess.run(['true'])\nsocket.socket().close()\n"
    record = grade({FILE: source}, confined=False)
    assert record.score == 100
    told = advice(record)
    for words in ("opens data.npz", "opens log.txt", "starts a thread", "starts a process", "uses the network"):
        assert words in told, told
    assert "json" not in told
    assert "when graded" in told
    clean = grade({FILE: SOLUTION}, confined=False)
    assert not clean.advice


# ---- `check`, in a kernel and on saved files


@pytest.fixture
def folder(tmp_path):
    """Return a student's folder for the exercise, as it was handed out."""
    shutil.copytree(EXERCISES[NAME].assignment, tmp_path / NAME)
    return tmp_path / NAME


def in_a_kernel(folder: Path, saved: bytes | None, cells: list[dict], last: str = "check()") -> str:
    """Run cells in a real kernel, beside the saved notebook, and return what the last one prints."""
    if saved is not None:
        (folder / f"{NAME}.ipynb").write_bytes(saved)
    own = [cell for cell in cells if cell["cell_type"] == "code" and not is_provided(cell)]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell["source"]) for cell in own])
    notebook.cells.append(nbformat.v4.new_code_cell(last))
    resources = {"metadata": {"path": str(folder)}}
    client = NotebookClient(notebook, timeout=120, kernel_name="python3", allow_errors=True, resources=resources)
    client.kernel_manager_class, client.shutdown_kernel = WarmKernelManager, "immediate"
    client.execute()
    return "".join(output.get("text", "") for output in notebook.cells[-1].outputs)


def is_provided(cell: dict) -> bool:
    """Tell whether a cell only checks or draws, which takes time."""
    return cell["source"].startswith(("check(", "# Graded by")) or "with picture(" in cell["source"]


LIVE = [
    "for_table",
    "greek_name",
    "with_block",
    "redefine_from_itself",
    "decorated_later",
    "time_line",
    "attribute_of_class",
]


@pytest.mark.parametrize("name", LIVE)
def test_check_in_a_kernel_and_on_the_saved_notebook_says_what_grading_says(released, folder, name):
    """Right cells of the student's own are right everywhere, and nothing else is said about them."""
    before, root = OWN_CELLS[name]
    handed = Handed(released, before=before, root=root)
    told = in_a_kernel(folder, handed.notebook(), handed.cells())
    assert "All public checks passed." in told, told
    assert "saved notebook" not in told.replace("the saved one", "")
    record = autograder.check(folder)
    assert record.score == record.max_score
    assert record.files == (f"{NAME}.ipynb", f"{NAME}.py")


def test_check_in_a_kernel_tells_of_cells_that_are_not_saved(released, folder):
    """A helper whose cell was deleted is still in the kernel: the student is told before it is too late."""
    handed = Handed(released, before=["def rt(v):\n    return np.sqrt(v)"], root="rt(c_hat)")
    cells = handed.cells()
    saved = handed.notebook([cell for cell in cells if not cell["source"].startswith("def rt")])
    told = in_a_kernel(folder, saved, cells)
    assert "All public checks passed." in told
    assert "Run here, but not in the saved notebook: In [2]. Save it" in told
    assert autograder.check(folder).score < autograder.check(folder).max_score


def test_check_in_a_kernel_tells_of_cells_that_were_not_run_as_saved(released, folder):
    """Names that are in the file but not in the kernel are listed, with their function."""
    handed = Handed(released)
    cells = [cell for cell in handed.cells() if grade_id(cell) != "solution-adam"]
    told = in_a_kernel(folder, handed.notebook(), cells)
    assert "not written yet" in told
    assert re.search(r"In the saved notebook, but not run here as it is saved: cell \d+ \(adam\)\.", told)


def test_check_in_a_kernel_tells_of_names_that_are_defined_twice(released, folder):
    """If two cells define a helper of the same name, the last one counts."""
    after = ["def half(x):\n    return x / 2", "def half(x):\n    return x * 0.5"]
    handed = Handed(released, after=after)
    told = in_a_kernel(folder, handed.notebook(), handed.cells())
    assert re.search(r"half is defined in cell \d+ and again in cell \d+: all functions use the last one\.", told)


def test_check_in_a_kernel_counts_a_cell_that_was_run_again_once(released, folder):
    """A cell that was corrected and run again counts as corrected; a cell that was run twice counts once."""
    handed = Handed(released, before=["half = 0.25", "half = half * 4"], root="(half * np.sqrt(c_hat))")
    cells = handed.cells()
    again = next(cell for cell in cells if cell["source"] == "half = half * 4")
    told = in_a_kernel(folder, handed.notebook(), [*cells, again])
    assert "All public checks passed." in told


def test_check_sees_the_notebook_beside_the_stub(released, folder):
    """`autograder check` reads notebook and file as grading does, whichever is named, and says which one it read."""
    (folder / f"{NAME}.ipynb").write_bytes(Handed(released).notebook())
    for path in (folder, folder / f"{NAME}.ipynb", folder / f"{NAME}.py"):
        result = command("check", path)
        assert result.returncode == 0, result.stdout
        assert f"Graded: {NAME}.ipynb and {NAME}.py, with NumPy {np.__version__}." in result.stdout
    (folder / f"{NAME}.py").unlink()
    assert command("check", folder / f"{NAME}.ipynb").returncode == 0
    (folder / f"{NAME}.ipynb").unlink()
    (folder / f"{NAME} (1).py").write_text(SOLUTION, "utf-8")
    result = command("check", folder)
    assert result.returncode == 0
    assert f"{NAME} (1).py was graded as {NAME}.py" in result.stdout


def test_check_warns_of_another_numpy(folder):
    """If grading uses another NumPy, the student is told which one."""
    (folder / f"{NAME}.py").write_text(SOLUTION, "utf-8")
    key = read_key(folder / f"{NAME}.key")
    assert key.numpy == np.__version__
    assert not autograder.check(folder).advice
    write_key(msgspec.structs.replace(key, numpy="1.26.4"), folder / f"{NAME}.key")
    (told,) = autograder.check(folder).advice
    assert f"this is NumPy {np.__version__}, and grading uses 1.26.4" in told
    assert "pip install numpy==1.26.4" in told


def test_check_without_a_sandbox_says_the_same(released, folder, monkeypatch):
    """On macOS and Windows, the same statements count; our own cells don't call `check` a second time."""
    handed = Handed(released, before=["%%time\nrt = np.sqrt", "check()", "1 / 0"], root="rt(c_hat)")
    (folder / f"{NAME}.ipynb").write_bytes(handed.notebook())
    monkeypatch.setattr(sys, "platform", "darwin")
    record = autograder.check(folder)
    assert record.score == record.max_score
    assert any("ZeroDivisionError" in line for line in record.advice)
    (folder / f"{NAME}.ipynb").unlink()
    (folder / f"{NAME}.py").write_text(exported(handed.notebook()), "utf-8")
    assert autograder.check(folder).score == record.max_score
