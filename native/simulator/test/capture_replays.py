"""What replays of graphs do, as JSON {scenario: list of bytes that were read or codes}.

    with-simulated-cann -- python3 capture_replays.py
"""
import json

from runtime import Bytes, begin, call, check, destroy, end, event, execute, record, start, stream, synchronise, wait


def capture(tasks):
    """The graph of TASKS, which get the stream; the stream is destroyed."""
    on = stream()
    check(begin(on))
    tasks(on)
    code, graph = end(on)
    check(code)
    check(call("aclrtDestroyStream", on))
    return graph


def recorded_only():
    """Nothing runs in the capture; each replay runs everything."""
    target, on = Bytes(), stream()
    check(target.fill(1))
    graph = capture(lambda captured: check(target.fill(2, captured)))
    values = [target.value()]
    for _ in range(2):
        check(execute(graph, on))
        values.append(target.value())
        check(target.fill(3))
    return values + [target.value()]


def in_stream_order():
    """A replay sees what its stream was told before it, and nothing of what comes after."""
    source, target, on = Bytes(1 << 24), Bytes(1 << 24), stream()
    graph = capture(lambda captured: check(target.copy(source, captured)))
    check(source.fill(1, on))
    check(execute(graph, on))
    check(source.fill(2, on))
    return [target.value(), source.value()]


def on_any_stream():
    source, target = Bytes(), Bytes()
    graph = capture(lambda captured: check(target.copy(source, captured)))
    values = []
    for value, on in ((1, stream()), (2, stream()), (3, None)):
        check(source.fill(value, on))
        check(execute(graph, on))
        values.append(target.value())
    return values


def two_streams(waits):
    """The main stream copies what the side stream fills, after waiting for it or before."""
    source, target, side = Bytes(), Bytes(), stream()
    check(source.fill(1))

    def tasks(on):
        fork, join = event(), event()
        check(record(fork, on))
        check(wait(side, fork))
        check(source.fill(2, side))
        check(record(join, side))
        if waits:
            check(wait(on, join))
        check(target.copy(source, on))
        if not waits:
            check(wait(on, join))
        for each in (fork, join):
            check(call("aclrtDestroyEvent", each))

    graph = capture(tasks)
    check(call("aclrtDestroyStream", side))
    check(execute(graph, None))
    return [target.value(), source.value()]


def chained():
    """A side stream joined through another one."""
    values = [Bytes() for _ in range(3)]
    first, second = stream(), stream()

    def tasks(on):
        events = [event() for _ in range(3)]
        check(values[0].fill(5, on))
        for which, origin, waiting in zip(events, (on, first, second), (first, second, on)):
            check(record(which, origin))
            check(wait(waiting, which))
            if waiting is not on:
                source = values[0] if waiting is first else values[1]
                check(values[1 if waiting is first else 2].copy(source, waiting))

    check(execute(capture(tasks), None))
    return [each.value() for each in values]


def destroyed_after_use():
    target, on = Bytes(), stream()
    graph = capture(lambda captured: check(target.fill(7, captured)))
    check(execute(graph, on))
    return [destroy(graph), synchronise(on), target.value()]


SCENARIOS = {
    "recorded only": recorded_only,
    "in stream order": in_stream_order,
    "on any stream": on_any_stream,
    "with wait": lambda: two_streams(True),
    "without wait": lambda: two_streams(False),
    "chained": chained,
    "destroyed after use": destroyed_after_use,
}

if __name__ == "__main__":
    start()
    print(json.dumps({name: scenario() for name, scenario in SCENARIOS.items()}))
