"""tensorboard_check.py RUN: compares the data that TensorBoard reads with the files of a run that was interrupted and resumed."""

import json
import pathlib
import struct
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

run = pathlib.Path(sys.argv[1])
files = sorted((run / "tensorboard").iterdir())
assert len(files) == 2, files
board = EventAccumulator(str(run / "tensorboard"), size_guidance={"scalars": 0, "histograms": 0, "images": 0})
board.Reload()
metrics = [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()]
steps = [line for line in metrics if "step" in line]
epochs = [line for line in metrics if "step" not in line]
ends = {line["epoch"]: line["step"] for line in steps}


def single(value):
    return struct.unpack("f", struct.pack("f", value))[0]


def scalars(tag):
    return [(entry.step, entry.value) for entry in board.Scalars(tag)]


for tag, key in (("loss/train", "loss"), ("learning_rate", "lr"), ("momentum", "momentum")):
    assert scalars(tag) == [(line["step"], single(line[key])) for line in steps], tag
for tag, key in (("accuracy/test", "test_accuracy"), ("accuracy/train", "train_accuracy"), ("loss/test", "test_loss")):
    assert scalars(tag) == [(ends[line["epoch"]], single(line[key])) for line in epochs], tag

with open(run / "model.safetensors", "rb") as file:
    header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
parameters = {name: entry for name, entry in header.items() if name != "__metadata__" and "running_" not in name and "num_batches" not in name}
assert parameters
for name, entry in parameters.items():
    size = 1
    for dimension in entry["shape"]:
        size *= dimension
    for kind in ("weights", "gradients"):
        histograms = board.Histograms(f"{kind}/{name.replace('.', '/')}")
        assert [one.step for one in histograms] == list(ends.values()), (kind, name)
        for one in histograms:
            value = one.histogram_value
            assert value.num == size == sum(value.bucket), (kind, name)
            assert value.min <= value.sum / value.num <= value.max

images = board.Images("augmented images")
assert len(images) == len(epochs)
assert all(one.encoded_image_string.startswith(b"\x89PNG") and (one.width, one.height) == (8 * 34 - 2, 4 * 34 - 2) for one in images)
print(f"TensorBoard reads {len(steps)} steps, {len(parameters)} weights with gradients and {len(images)} grids")
