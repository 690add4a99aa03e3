"""Tests of libhccl through the wheel's ProcessGroupHCCL, with one process per rank."""
import json
import socket
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from simulated import LAUNCHER, environment, options, python, run_code


def free_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


class Hccl(unittest.TestCase):
    def ranks(self, what, size=2, fault=None, timeout=240, forked=True, **variables):
        """Returns exit codes, output and counters of the ranks that run collectives.py WHAT."""
        port = free_port()
        with tempfile.TemporaryDirectory() as folder:
            processes = []
            for rank in range(size):
                counters = Path(folder) / f"{rank}.json"
                env = environment(RANK=rank, WORLD_SIZE=size, MASTER_ADDR="127.0.0.1", MASTER_PORT=port, **variables)
                command = [str(LAUNCHER), *options(devices=size, fault=fault, counters=counters), "--",
                           *python("collectives.py", what, forked=forked)]
                processes.append((subprocess.Popen(command, env=env, stdout=subprocess.PIPE,
                                                   stderr=subprocess.STDOUT, text=True), counters))
            results = []
            try:
                for process, counters in processes:
                    out = process.communicate(timeout=timeout)[0]
                    text = counters.read_text() if counters.exists() else ""
                    results.append((process.returncode, out, json.loads(text) if text else {}))
            finally:
                for process, _ in processes:
                    process.kill()
                    process.wait()
                    process.stdout.close()
            return results

    def check(self, results):
        for code, out, _ in results:
            self.assertEqual(code, 0, out)
            self.assertIn("done", out)
        return results

    def test_every_kind_with_two_and_three_ranks(self):
        for size in (2, 3):
            with self.subTest(size):
                self.check(self.ranks("all_kinds", size))

    def test_stream_order_and_asynchrony(self):
        for _, out, _ in self.check(self.ranks("ordered", fault="slow-peer=1:2000")):
            returned = float(next(line for line in out.splitlines() if line.startswith("returned")).split()[1])
            self.assertLess(returned, 2)

    def test_counters(self):
        for _, _, counters in self.check(self.ranks("many", STEPS=7)):
            self.assertEqual(counters["collectives"]["HcclAllReduce"], 7)
            self.assertEqual(counters["collective_bytes"], 7 * 4000)

    def test_captured(self):
        for _, _, counters in self.check(self.ranks("captured")):
            self.assertEqual(counters["collectives"]["HcclAllReduce"], 1 + 4)

    def test_a_lost_peer_ends_the_other(self):
        start = time.monotonic()
        results = self.ranks("many", fault="peer-lost=1@3")
        self.assertEqual(results[1][0], 9)
        self.assertNotEqual(results[0][0], 0)
        self.assertIn("rank 1 is lost", results[0][1])
        self.assertLess(time.monotonic() - start, 200)

    def test_time_out(self):
        results = self.ranks("many", fault="hccl-timeout=1@3", HCCL_EXEC_TIMEOUT=3, forked=False)
        for code, out, _ in results:
            self.assertNotEqual(code, 0)
        self.assertIn("no answer within HCCL_EXEC_TIMEOUT", results[1][1])

    def test_refused_connection(self):
        for code, out, _ in self.ranks("many", fault="hccl-refused"):
            self.assertNotEqual(code, 0)
            self.assertIn("error code is 11", out)

    def test_a_port_that_is_taken(self):
        for code, out, _ in self.ranks("many", fault="hccl-init=EI0019"):
            self.assertNotEqual(code, 0)
            self.assertIn("specific port[60000] fail", out)

    def test_a_communicator_ends_after_its_work(self):
        result = run_code("""
import ctypes, time
source, target = torch.ones(4).npu(), torch.zeros(4).npu()
hccl = ctypes.CDLL("libhccl.so")
root, group = ctypes.create_string_buffer(4108), ctypes.c_void_p()
stream = ctypes.c_void_p(torch.npu.current_stream().npu_stream)
assert hccl.HcclGetRootInfo(root) == 0 and hccl.HcclCommInitRootInfo(1, root, 0, ctypes.byref(group)) == 0
torch.npu.synchronize()
arguments = ctypes.c_void_p(source.data_ptr()), ctypes.c_void_p(target.data_ptr()), ctypes.c_uint64(4), 4, 0, group, stream
start = time.perf_counter()
assert hccl.HcclAllReduce(*arguments) == 0
assert hccl.HcclCommDestroy(group) == 0
print("waited", time.perf_counter() - start, "sum", target.sum().item())
""", fault="slow-peer=0:500")
        self.assertEqual(result.code, 0, str(result))
        words = result.out.split()
        self.assertGreaterEqual(float(words[1]), 0.5)
        self.assertEqual(words[3], "4.0")


if __name__ == "__main__":
    unittest.main(verbosity=2)
