"""report_check.py RUN COMPARISON VALIDATED: compares the pages of runs with the files that they are made from; VALIDATED is a run with validation images."""

import json
import pathlib
import sys

from browser import render, rows

run, comparison, validated = map(pathlib.Path, sys.argv[1:])


def lines(folder):
    return [json.loads(line) for line in (folder / "metrics.jsonl").read_text().splitlines()]


def percent(share):
    return f"{100 * share:.2f} %"


def close(shown, value):
    assert abs(float(shown) - value) <= 1e-3 * abs(value), (shown, value)


def check_epochs(page, epochs, evaluated="test"):
    shown = rows(page.first("details", id="epochs").first("table"))
    assert len(shown) == len(epochs)
    for cells, epoch in zip(shown, epochs):
        assert cells[0] == str(epoch["epoch"])
        close(cells[1], epoch["train_loss"])
        assert cells[2] == percent(epoch["train_accuracy"])
        close(cells[3], epoch[f"{evaluated}_loss"])
        assert cells[4] == percent(epoch[f"{evaluated}_accuracy"])
        assert cells[6] == f"{epoch['images_per_second']:,.0f}"
        assert cells[7] == f"{epoch['memory_bytes'] / 2**20:.0f} MiB"


def check_charts(page, metrics, epochs):
    charts = {chart.first("figcaption").text(): chart for chart in page.all("figure", class_="chart")}
    assert set(charts) == {"Loss", "Accuracy", "Learning rate", "Momentum", "Images per second", "Memory"}
    # The raw curve has a point for each step, and the path has one letter per point.
    steps = [line for line in metrics if "step" in line]
    raw = charts["Loss"].first("path", class_="curve faint").attributes["d"]
    assert raw.count("M") + raw.count("L") == len(steps)
    assert len(charts["Accuracy"].all("circle")) == 2 * len(epochs)
    label = charts["Accuracy"].first("svg").attributes["aria-label"]
    assert f"test from {percent(epochs[0]['test_accuracy'])} to {percent(epochs[-1]['test_accuracy'])}" in label, label


def check_evaluation(page, evaluation):
    names = [one["name"] for one in evaluation["classes"]]
    assert any("<script>" in name for name in names)
    tables = {table.first("caption").text(): table for table in page.all("table") if table.all("caption")}
    scores = rows(tables[f"By class, {evaluation['images']} test images"])
    assert [cells[0] for cells in scores] == names
    assert [cells[1:] for cells in scores] == [
        [str(one["images"]), percent(one["precision"]), percent(one["recall"]), percent(one["f1"])] for one in evaluation["classes"]
    ]
    matrix = rows(page.first("table", class_="matrix"))
    counts = {(actual, predicted): images for actual, predicted, images in evaluation["confusion"]}
    assert matrix == [
        [name, *(str(counts.get((actual, predicted), 0)) for predicted in range(len(names)))] for actual, name in enumerate(names)
    ]
    pictures = page.all("img")
    assert len(pictures) == len(evaluation["mistakes"]) > 0
    worst = evaluation["mistakes"][0]
    assert pictures[0].attributes["alt"] == f"Shows {names[worst['actual']]}, taken for {names[worst['predicted']]}"


def check_validated(folder):
    """The epochs show the validation images; the first figure and the classes are those of the single final test."""
    epochs = [line for line in lines(folder) if "step" not in line and "final" not in line]
    (final,) = [line for line in lines(folder) if "final" in line]
    evaluation = json.loads((folder / "evaluation.json").read_text())
    page = render((folder / "report.html").resolve().as_uri())
    check_epochs(page, epochs, "validation")
    head = [cell.text() for cell in page.first("details", id="epochs").first("thead").all("th")]
    assert head[3:5] == ["Validation loss", "Validation accuracy"], head
    shown = {tile.first("dt").text(): tile.first("dd").text() for tile in page.first("dl").all("div")}
    assert shown["Test accuracy"].startswith(percent(final["test_accuracy"])), shown
    assert shown["Test accuracy"].endswith(f"weights of epoch {final['epoch']}"), shown
    best = max(epochs, key=lambda line: line["validation_accuracy"])
    assert shown["Best validation accuracy"] == f"{percent(best['validation_accuracy'])}epoch {best['epoch']}", shown
    assert evaluation["set"] == "test" and evaluation["accuracy"] == final["test_accuracy"] and final["epoch"] == best["epoch"]
    check_evaluation(page, evaluation)
    assert f"The test images with the weights of epoch {final['epoch']}." in page.first("main").text()


metrics = lines(run)
epochs = [line for line in metrics if "step" not in line]
page = render((run / "report.html").resolve().as_uri())
assert json.loads(page.first("script", id="data").text())["runs"][0]["metrics"] == metrics
assert "broken" not in page.first("title").text()
check_epochs(page, epochs)
check_charts(page, metrics, epochs)
check_evaluation(page, json.loads((run / "evaluation.json").read_text()))
assert page.first("pre", id="command").text().startswith("./ascend4j train --data ")
assert not page.all("link") and not [one for one in page.all("script") if "src" in one.attributes]

check_validated(validated)

compared = render(comparison.resolve().as_uri())
accuracies = [max(line["test_accuracy"] for line in lines(folder) if "step" not in line) for folder in (run, comparison.parent / "second")]
assert [cells[3] for cells in rows(compared.first("table"))] == [percent(accuracy) for accuracy in accuracies]
assert ["run.seed", "0", "1"] in rows(compared.all("table")[1]), rows(compared.all("table")[1])
assert "broken" not in compared.first("title").text()
print("report: the pages show the figures of metrics.jsonl, those of validation images included")
