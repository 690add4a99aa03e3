"""notebook_check.py NOTEBOOK: runs all cells of a notebook and checks its outputs."""

import sys
import xml.etree.ElementTree

import nbformat
from nbclient import NotebookClient

notebook = nbformat.read(sys.argv[1], as_version=4)
cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
assert all(not cell.outputs and cell.execution_count is None for cell in cells), "expected no outputs in git"
NotebookClient(notebook, timeout=240, startup_timeout=240).execute()
for cell in cells:
    # Without a logging back end, or after a warning, there would be text on the error stream.
    assert not [output for output in cell.outputs if output.get("name") == "stderr"], cell.outputs


def shown(kind):
    return [output["data"][kind] for cell in cells for output in cell.outputs if kind in output.get("data", {})]


assert len(shown("image/png")) == 1
(curve,) = shown("image/svg+xml")
points = xml.etree.ElementTree.fromstring(curve).find(".//{*}polyline").attrib["points"].split()
steps, accuracy = next(text for text in shown("text/plain") if "steps, test accuracy" in text).split(" steps, test accuracy ")
assert len(points) == int(steps) > 0, (len(points), steps)
# Guessing one of ten classes reaches 10 %, with a standard deviation of 2 % over 200 images.
assert float(accuracy.split()[0]) > 40, accuracy
predictions = "".join(output["text"] for output in cells[-1].outputs if output.get("name") == "stdout").splitlines()
right = sum(line.split()[0] == line.split("(shows ")[1].rstrip(")") for line in predictions)
assert len(predictions) == 8 and shown("text/plain")[-1] == f"{right} of 8 are right", predictions
print(f"notebook: {steps} steps, test accuracy {accuracy}, {shown('text/plain')[-1]}")
