"""Writes tensorboard/events.bin: a few events in the encoding of TensorBoard's own writer. Needs tensorboard 2.21.0."""

import pathlib

from tensorboard.compat.proto.event_pb2 import Event, SessionLog
from tensorboard.compat.proto.summary_pb2 import HistogramProto, Summary
from tensorboard.summary.writer.record_writer import RecordWriter

TIME = 1700000000.25
target = pathlib.Path(__file__).parents[1] / "resources/org/ascend4j/trainer/tensorboard/events.bin"
target.parent.mkdir(parents=True, exist_ok=True)


def summary(step, tag, **value):
    return Event(wall_time=TIME, step=step, summary=Summary(value=[Summary.Value(tag=tag, **value)]))


# -1, 0, 0.5 and 3 in 64 parts of 1/16: they are in parts 0, 16, 24 and the last, which includes its upper end.
limits = [-1 + (i + 1) / 16 for i in range(64)]
counts = [1.0 if i in (0, 16, 24, 63) else 0.0 for i in range(64)]
histogram = HistogramProto(min=-1, max=3, num=4, sum=2.5, sum_squares=10.25, bucket_limit=limits, bucket=counts)
with open(target, "wb") as file:
    writer = RecordWriter(file)
    for event in (
        Event(wall_time=TIME, file_version="brain.Event:2"),
        Event(wall_time=TIME, step=301, session_log=SessionLog(status=SessionLog.START)),
        summary(7, "loss/train", simple_value=2.5),
        summary(300, "weights/conv1/weight", histo=histogram),
    ):
        writer.write(event.SerializeToString(deterministic=True))
