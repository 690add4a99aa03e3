"""Captures and replays: the runtime's rules and codes, and torch_npu's graphs on them."""
import json
import unittest

from simulated import run, run_code

# What CANN's open runtime answers (hicann/runtime 8.5.0 to 9.1.0).
CODES = {
    "stream": [107027, 107027, 107027, 107027, 107027, 107027, 107027, 107027, 0],
    "event": [107028, 107028, 107028, 107028, 107028, 0],
    "global": [107030, 107030, 0],
    "global, other thread": [107030, 107030, 0],
    "global, thread-local thread": [107030, 107030, 0],
    "global, relaxed thread": [0, 0, 0],
    "thread-local": [107030, 107030, 0],
    "thread-local, other thread": [0, 0, 0],
    "relaxed": [0, 0, 0],
    "pageable": [107027, 107030, 0, 0, 0],
    "memory": [0, 0],
    "outside event": [107024, 0, 0],
    "old event": [207000, 207000, 0],
    "default stream": [107031, 100000, 100000, 0],
    "conflict": [107032, 2, 2, 507903, 507903, 0, 0],
    "unjoined": [107025, 107025, 107025, 0, 0],
    "wrong end": [107036, 107029, 107038, 0, 107038, 0],
    "graph": [107026, 107026, 0, 0, 0, 107017, 107017, 100000],
    "running": [107037, 0, 0],
    "modes": [107000, 107000, 0, 0, 0, 2],
    "attribute": [0, 107027, 0],
    "refused": 0,
}
REPLAYS = {
    "recorded only": [1, 2, 2, 3],
    "in stream order": [1, 2],
    "on any stream": [1, 2, 3],
    "with wait": [2, 2],
    "without wait": [1, 2],
    "chained": [5, 5, 5],
    "destroyed after use": [0, 0, 7],
}
COUNTERS = """
import ctypes, json
library = ctypes.CDLL("libascendcl.so")
def counters():
    buffer = ctypes.create_string_buffer(1 << 20)
    library.simGetCounters(buffer, 1 << 20)
    return json.loads(buffer.value)
"""


class Capture(unittest.TestCase):
    maxDiff = None

    def check(self, result, code=0):
        self.assertEqual(result.code, code, str(result))
        return result

    def output(self, *command, **settings):
        return json.loads(self.check(run(*command, **settings)).out.splitlines()[-1])


class Runtime(Capture):
    """Of libascendcl alone, without torch."""

    def output(self, *command, **settings):
        return super().output(*command, forked=False, **settings)

    def test_codes(self):
        self.assertEqual(self.output("capture_codes.py", *CODES), CODES)

    def test_codes_of_other_toolkits(self):
        self.assertEqual(self.output("capture_codes.py", "pageable", fault="cann=9.1.0"),
                         {"pageable": [107000, 107041, 0, 0, 0]})
        self.assertEqual(self.output("capture_codes.py", "attribute", fault="cann=8.3.RC1"),
                         {"attribute": [107000, 107027, 0]})

    def test_devices_that_cannot_capture(self):
        for settings in ({"soc": "Ascend910A"}, {"fault": "capture-refused"}):
            with self.subTest(settings):
                self.assertEqual(self.output("capture_codes.py", "refused", **settings), {"refused": 207000})

    def test_replays(self):
        self.assertEqual(self.output("capture_replays.py"), REPLAYS)


class Torch(Capture):
    def equal(self, *what):
        self.assertEqual(self.output("captured.py", *what), dict.fromkeys(what, True))

    def test_network(self):
        self.equal("inference", "callables")

    def test_training(self):
        self.equal("training", "training-foreach")

    def test_random_numbers(self):
        self.equal("random", "training-dropout")

    def test_counters(self):
        result = self.check(run_code(COUNTERS + """
x = torch.ones(1000).npu()
graph = torch.npu.NPUGraph()
with torch.npu.graph(graph):
    y = (x + x) * x
before = counters()
for _ in range(7):
    graph.replay()
torch.npu.synchronize()
after = counters()
assert y.sum().item() == 2000
eager = {name: count - before["launches"].get(name, 0) for name, count in after["launches"].items()}
print(json.dumps([{name: count for name, count in eager.items() if count}, *(after[name] - before[name] for name in
                  ("launches_total", "graph_launches", "graphed_launches", "h2d_copies", "d2h_copies", "d2d_copies"))]))
"""))
        eager, *counts = json.loads(result.out.splitlines()[-1])
        fills = counts.pop(0)
        # Wheels before .post4 tell the generator's state to every graph, by two fills.
        self.assertEqual(eager, {"aclnnInplaceFillScalar": 14} if fills else {})
        self.assertIn(fills, (0, 14))
        self.assertEqual(counts, [7, 14, 0, 0, 0])

    def test_what_a_capture_refuses(self):
        result = self.check(run_code("""
import threading
x = torch.ones(4).npu()
def refused(function, *texts):
    try:
        function()
    except RuntimeError as error:
        print(*(text in str(error) for text in texts))
    else:
        print("allowed")
def captured(work, **settings):
    with torch.npu.graph(torch.npu.NPUGraph(), **settings):
        work()
def in_thread(work):
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
refused(lambda: torch.npu.NPUGraph().capture_begin(), "must be captured on a non-default stream")
refused(lambda: captured(torch.npu.synchronize), "107027")
refused(lambda: captured(lambda: torch.npu.current_stream().query()), "107027")
refused(lambda: captured(lambda: x.sum().item()), "107027")
refused(lambda: captured(lambda: in_thread(lambda: refused(lambda: x.cpu(), "107030"))))
refused(lambda: captured(lambda: in_thread(lambda: refused(lambda: x.cpu())), capture_error_mode="thread_local"))
print((x + 1).tolist())
"""))
        self.assertEqual(result.out.splitlines(), ["True"] * 5 + ["allowed"] * 3 + ["[2.0, 2.0, 2.0, 2.0]"])

    def test_an_output_of_unknown_size(self):
        """Its size is read in a capture, which fails; the graph that is left runs without harm."""
        result = self.check(run_code("""
x = torch.tensor([0., 1., 2.]).npu()
graph = torch.npu.NPUGraph()
try:
    with torch.npu.graph(graph):
        x.nonzero()
except RuntimeError as error:
    print("107027" in str(error))
for _ in range(3):
    graph.replay()
torch.npu.synchronize()
print(x.nonzero().flatten().tolist())
"""))
        self.assertEqual(result.out.splitlines(), ["True", "[1, 2]"])


class Faults(Capture):
    def test_an_operator_that_cannot_be_captured(self):
        """The error names it; the process goes on without a graph."""
        result = self.check(run_code("""
x = torch.ones(4).npu()
try:
    with torch.npu.graph(torch.npu.NPUGraph()):
        (x * 2).relu()
except RuntimeError as error:
    print("aclnnRelu" in str(error), "107027" in str(error))
print((x * 2).relu().tolist())
""", fault="capture-op=aclnnRelu"))
        self.assertEqual(result.out.splitlines(), ["True True", "[2.0, 2.0, 2.0, 2.0]"])

    def test_a_device_that_refuses(self):
        """torch_npu takes 207000 for a warning, and then misses the capture."""
        result = self.check(run_code("""
x = torch.ones(4).npu()
try:
    with torch.npu.graph(torch.npu.NPUGraph()):
        x * 2
except RuntimeError as error:
    print("ACL_MODEL_RI_CAPTURE_STATUS_ACTIVE" in str(error))
print((x * 2).tolist())
""", fault="capture-refused"))
        self.assertEqual(result.out.splitlines()[-2:], ["True", "[2.0, 2.0, 2.0, 2.0]"])

    def replayed(self, fault):
        return self.check(run_code("""
x = torch.ones(4).npu()
graph = torch.npu.NPUGraph()
with torch.npu.graph(graph):
    y = x * 2
for number in range(1, 6):
    try:
        graph.replay()
        torch.npu.synchronize()
    except RuntimeError as error:
        print(number, *(code for code in ("507011", "507010") if code in str(error)))
        break
""", fault=fault)).out

    def test_a_replay_that_fails(self):
        self.assertEqual(self.replayed("replay-fails@3"), "3 507011\n")

    def test_a_card_that_is_lost_in_replays(self):
        self.assertIn("507010", self.replayed("lost@4"))


class NoCompute(Capture):
    CODE = COUNTERS + """
x = torch.ones(4).npu()
x += 1
graph = torch.npu.NPUGraph()
with torch.npu.graph(graph):
    x += 1
graph.replay()
torch.npu.synchronize()
print(json.dumps([x.tolist(), counters()["launches"]["aclnnInplaceAdds"], counters()["graphed_launches"]]))
"""

    def test_kernels_do_nothing(self):
        for no_compute, value in ((True, 1), (False, 3)):
            with self.subTest(no_compute):
                result = self.check(run_code(self.CODE, no_compute=no_compute))
                self.assertEqual(json.loads(result.out.splitlines()[-1]), [[value] * 4, 1, 1])

    def test_kernels_that_compute_before(self):
        """Replays of some wheels also launch fills, so the number of additions is not the same with all."""
        result = self.check(run_code("""
x = torch.ones(4).npu()
for _ in range(5):
    x += 1
print(x[0].item())
graph = torch.npu.NPUGraph()
with torch.npu.graph(graph):
    x += 1
for _ in range(2):
    for _ in range(30):
        graph.replay()
    print(x[0].item())
""", no_compute_after=20))
        eager, once, twice = map(float, result.out.splitlines()[-3:])
        self.assertEqual(eager, 6)
        self.assertTrue(eager < once < eager + 30, result.out)
        self.assertEqual(once, twice)


if __name__ == "__main__":
    unittest.main(verbosity=2)
