"""What the runtime answers in and around captures, as JSON {scenario: code or list of codes}.

    with-simulated-cann -- python3 capture_codes.py [SCENARIO...]
"""
import ctypes
import json
import sys
import threading
import time

from runtime import (GLOBAL, RELAXED, SYNC, THREAD_LOCAL, Bytes, begin, call, check, destroy, end, event, execute, info,
                     made, record, start, stream, synchronise, wait)


def in_thread(function):
    results = []

    def run():
        check(call("aclrtSetDevice", ctypes.c_int(0)))
        results.append(function())

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return results[0]


def captured(mode=GLOBAL):
    on = stream()
    check(begin(on, mode))
    return on


def exchanged(mode):
    value = ctypes.c_int(mode)
    check(call("aclmdlRICaptureThreadExchangeMode", ctypes.byref(value)))
    return value.value


def finished(fill=1):
    """A graph that fills bytes."""
    on, target = stream(), Bytes()
    check(begin(on))
    check(target.fill(fill, on))
    code, graph = end(on)
    check(code)
    return graph


def stream_calls():
    on = captured()
    status = ctypes.c_int()
    return [synchronise(on), call("aclrtSynchronizeStreamWithTimeout", on, ctypes.c_int(10)),
            call("aclrtStreamQuery", on, ctypes.byref(status)), call("aclrtDestroyStream", on), begin(on),
            call("aclrtSetStreamFailureMode", on, ctypes.c_uint64(1)), call("aclrtSynchronizeDevice"),
            execute(finished_before, on), end(on)[0]]


def event_calls():
    on, which, other = captured(), event(), event()
    check(record(which, on))
    check(record(other, on))
    number, status = ctypes.c_uint64(), ctypes.c_int()
    codes = [call("aclrtSynchronizeEvent", which), call("aclrtQueryEventStatus", which, ctypes.byref(status)),
             call("aclrtQueryEventWaitStatus", which, ctypes.byref(status)),
             call("aclrtEventElapsedTime", ctypes.byref(ctypes.c_float()), which, other),
             call("aclrtEventGetTimestamp", which, ctypes.byref(number))]
    check(end(on)[0])
    return codes + [call("aclrtSynchronizeEvent", which)]


def synchronous(mode, exchange=None, where=lambda function: function()):
    """A copy and a fill while a capture is open, then its end."""
    target = Bytes()
    on = captured(mode)
    former = exchanged(exchange) if exchange is not None else None
    codes = where(lambda: [target.read(), target.fill(1)])
    if former is not None:
        exchanged(former)
    return codes + [end(on)[0]]


def pageable():
    target, other = Bytes(), stream()
    on = captured()
    codes = [target.read(on=on), target.read(on=other)]
    pinned = made("aclrtMallocHost", 8)
    return codes + [target.read(pinned, on), target.read(pinned, other), end(on)[0]]


def memory():
    on = captured()
    address = made("aclrtMalloc", 64, 0)
    return [call("aclrtFree", address), end(on)[0]]


def outside_event():
    which, other, on = event(), stream(), stream()
    check(record(which, other))
    check(begin(on))
    return [wait(on, which), wait(on, event()), end(on)[0]]


def old_event():
    which = made("aclrtCreateEvent")
    on = captured()
    return [record(which, on), wait(on, which), end(on)[0]]


def default_stream():
    on, which = captured(), event()
    check(record(which, on))
    return [wait(None, which), begin(None), end(None)[0], end(on)[0]]


def conflict():
    first, second, which = captured(), captured(), event()
    check(record(which, first))
    codes = [wait(second, which), info(first)[0], info(second)[0]]
    return codes + [end(first)[0], end(second)[0], info(first)[0], synchronise(first)]


def forked():
    on, side, which = captured(), stream(), event()
    check(record(which, on))
    check(wait(side, which))
    return on, side


def unjoined():
    codes = []
    on, side = forked()  # the side stream did nothing
    codes.append(end(on)[0])
    on, side = forked()  # its record is not waited for
    check(record(event(), side))
    codes.append(end(on)[0])
    on, side = forked()  # it goes on after the record
    which = event()
    check(record(which, side))
    check(wait(on, which))
    check(Bytes().fill(1, side))
    codes.append(end(on)[0])
    on, side = forked()
    which = event()
    check(record(which, side))
    check(wait(on, which))
    return codes + [end(on)[0], synchronise(side)]


def wrong_end():
    on, side = forked()
    codes = [end(side)[0], end(stream())[0], in_thread(lambda: end(on)[0]), info(on)[0]]
    return codes + [in_thread(lambda on=captured(THREAD_LOCAL): end(on)[0]),
                    in_thread(lambda on=captured(RELAXED): end(on)[0])]


def graph_calls():
    on = captured()
    graph = info(on)[1]
    codes = [execute(graph, stream()), destroy(graph), end(on)[0], execute(graph, stream()), destroy(graph),
             execute(graph, stream()), destroy(graph), destroy(None)]
    return codes


def running():
    """A graph whose host function takes longer than the runtime waits before it refuses to destroy a graph."""
    sleep = ctypes.CFUNCTYPE(None, ctypes.c_void_p)(lambda _: time.sleep(11))
    on = stream()
    check(begin(on))
    check(call("aclrtLaunchHostFunc", on, sleep, None))
    graph = end(on)[1]
    check(execute(graph, on))
    return [destroy(graph), synchronise(on), destroy(graph)]


def modes():
    on = stream()
    return [begin(on, 3), begin(on, -1), begin(on, RELAXED), end(on)[0], exchanged(RELAXED), exchanged(GLOBAL)]


def attribute():
    on = captured()
    value = ctypes.create_string_buffer(16)
    return [call("aclrtSetStreamAttribute", on, ctypes.c_int(4), value),
            call("aclrtSetStreamAttribute", on, ctypes.c_int(1), value), end(on)[0]]


def refused():
    return begin(stream())


SCENARIOS = {
    "stream": stream_calls,
    "event": event_calls,
    "global": lambda: synchronous(GLOBAL),
    "global, other thread": lambda: synchronous(GLOBAL, where=in_thread),
    "global, thread-local thread": lambda: synchronous(GLOBAL, THREAD_LOCAL),
    "global, relaxed thread": lambda: synchronous(GLOBAL, RELAXED),
    "thread-local": lambda: synchronous(THREAD_LOCAL),
    "thread-local, other thread": lambda: synchronous(THREAD_LOCAL, where=in_thread),
    "relaxed": lambda: synchronous(RELAXED),
    "pageable": pageable,
    "memory": memory,
    "outside event": outside_event,
    "old event": old_event,
    "default stream": default_stream,
    "conflict": conflict,
    "unjoined": unjoined,
    "wrong end": wrong_end,
    "graph": graph_calls,
    "running": running,
    "modes": modes,
    "attribute": attribute,
    "refused": refused,
}

if __name__ == "__main__":
    start()
    names = sys.argv[1:]
    finished_before = finished() if "stream" in names else None
    print(json.dumps({name: SCENARIOS[name]() for name in names}))
