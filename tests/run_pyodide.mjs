// Import this package in Pyodide under Node, by hand: npm install pyodide; node tests/run_pyodide.mjs WHEEL... NOTEBOOK
// The wheels are this package's and msgspec's for Pyodide. NumPy's is on Pyodide's own server; without it, what needs no
// NumPy is tried: reading notebooks, unpacking what a standalone one carries, finding what is handed in.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(path.join(process.cwd(), "package.json"));
const { loadPyodide } = await import(pathToFileURL(require.resolve("pyodide/pyodide.mjs")));
const python = await loadPyodide();
python.FS.mkdirTree("/packages");
for (const file of process.argv.slice(2)) {
  const content = new Uint8Array(fs.readFileSync(file));
  if (file.endsWith(".whl")) python.unpackArchive(content, "zip", { extractDir: "/packages" });
  else python.FS.writeFile(`/home/pyodide/${path.basename(file)}`, content);
}
python.runPython(`
import re, sys
from pathlib import Path

sys.path.insert(0, "/packages")
import autograder, msgspec
from autograder.grading import read_folder
from autograder.merge import MAX_CELLS, ReleasedNotebook, is_provided, essence, own_cells, read_cells
from autograder.merge import unpacked
from autograder.worker.ipython import to_python

print(f"Python {sys.version.split()[0]} on {sys.platform}, msgspec {msgspec.__version__}, autograder {autograder.__version__}")
(notebook,) = Path("/home/pyodide").glob("*.ipynb")
cells = read_cells(notebook.read_bytes())
provided = [cell for cell in cells if is_provided(essence(cell.text))]
packed = re.search(r'", "([A-Za-z0-9+/=]+)"\\)', provided[1].text)[1]
print(f"{notebook.name}: {len(cells)} cells of code, {len(provided)} of them provided; packed: {', '.join(unpacked(packed))}")
released = ReleasedNotebook(exercise=notebook.stem, cells=cells)
submission = read_folder(Path("/home/pyodide"), (), "ada", released)
print(f"handed in: {submission.files}, own cells: {len(own_cells(cells, released))}")
print(to_python("files = !ls"))
try:
    import numpy
    print(f"NumPy {numpy.__version__}")
except ModuleNotFoundError:
    print("NumPy is not here: checks are not tried")
`);
