"""The runtime's C functions by ctypes, without torch: each returns its ACL code."""
import ctypes

GLOBAL, THREAD_LOCAL, RELAXED = range(3)
NONE, ACTIVE, INVALIDATED = range(3)
SYNC = 1  # of events

_library = ctypes.CDLL("libascendcl.so")
_INTEGERS = {"aclrtMemcpy": (1, 3, 4), "aclrtMemcpyAsync": (1, 3, 4), "aclrtMemset": (1, 2, 3),
             "aclrtMemsetAsync": (1, 2, 3), "aclrtMalloc": (1, 2), "aclrtMallocHost": (1,)}


def call(name, *arguments):
    """The code of function NAME; numbers that are sizes or kinds go as such, all others as handles or pointers."""
    function = getattr(_library, name)
    integers = _INTEGERS.get(name, ())
    return function(*(ctypes.c_size_t(a) if i in integers else
                      a if not isinstance(a, int) else ctypes.c_void_p(a) for i, a in enumerate(arguments)))


def made(name, *arguments):
    """The handle that function NAME writes to its first parameter."""
    handle = ctypes.c_void_p()
    check(call(name, ctypes.byref(handle), *arguments))
    return handle


def check(code):
    assert code == 0, code


def start():
    check(call("aclInit", None))
    check(_library.aclrtSetDevice(0))


def stream():
    return made("aclrtCreateStream")


def event(flags=SYNC):
    return made("aclrtCreateEventExWithFlag", ctypes.c_uint32(flags))


def begin(on, mode=GLOBAL):
    return call("aclmdlRICaptureBegin", on, ctypes.c_int(mode))


def end(on):
    """The code and the graph."""
    graph = ctypes.c_void_p()
    return call("aclmdlRICaptureEnd", on, ctypes.byref(graph)), graph


def info(on):
    """Status and graph of the capture of a stream."""
    status, graph = ctypes.c_int(), ctypes.c_void_p()
    check(call("aclmdlRICaptureGetInfo", on, ctypes.byref(status), ctypes.byref(graph)))
    return status.value, graph


def record(which, on):
    return call("aclrtRecordEvent", which, on)


def wait(on, which):
    return call("aclrtStreamWaitEvent", on, which)


def execute(graph, on):
    return call("aclmdlRIExecuteAsync", graph, on)


def destroy(graph):
    return call("aclmdlRIDestroy", graph)


def synchronise(on):
    return call("aclrtSynchronizeStream", on)


class Bytes:
    """Device memory of some bytes."""

    def __init__(self, size=8):
        self.size = size
        self.address = made("aclrtMalloc", size, 0)

    def fill(self, value, on=None):
        """Fills on stream ON, or now."""
        if on is None:
            return call("aclrtMemset", self.address, self.size, value, self.size)
        return call("aclrtMemsetAsync", self.address, self.size, value, self.size, on)

    def copy(self, source, on):
        return call("aclrtMemcpyAsync", self.address, self.size, source.address, self.size, 3, on)

    def read(self, into=None, on=None):
        """Copies to host memory (INTO, else pageable memory) now, or on stream ON; returns the code."""
        target = ctypes.create_string_buffer(self.size) if into is None else into
        if on is None:
            return call("aclrtMemcpy", target, self.size, self.address, self.size, 2)
        return call("aclrtMemcpyAsync", target, self.size, self.address, self.size, 2, on)

    def value(self):
        """The first byte, after the device's work is done."""
        check(call("aclrtSynchronizeDevice"))
        target = ctypes.create_string_buffer(self.size)
        check(self.read(target))
        return target.raw[0]
