"""Tests of the simulated CANN with the real wheel of the running interpreter; each of them can fail (see README.md)."""
import importlib.util
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from simulated import FOLDER, LAUNCHER, environment, options, run, run_code

# Operators that torch_npu itself runs on the CPU, on a real card as well.
NOT_ON_NPU = ("huber_loss", "huber_loss_backward.out", "_transformer_encoder_layer_fwd")


class Simulator(unittest.TestCase):
    def check(self, result, code=0):
        self.assertEqual(result.code, code, str(result))
        return result


class Operators(Simulator):
    def parity(self, soc):
        result = self.check(run("operators.py", soc=soc))
        self.assertEqual(result.counters["unsimulated"], [])
        fallen = set(re.findall(r"The operator '([^']+)' is not currently supported", result.err))
        self.assertLessEqual(fallen, {"aten::" + name for name in NOT_ON_NPU}, str(result))

    def test_parity(self):
        self.parity("Ascend910B1")

    def test_parity_of_the_first_generation(self):
        self.parity("Ascend910A")

    def test_unsimulated_operator_says_its_name(self):
        result = run_code("torch.linalg.qr(torch.eye(3).npu())")
        self.assertNotEqual(result.code, 0)
        self.assertIn("is not simulated", result.err)
        self.assertTrue(any("Qr" in name for name in result.counters["unsimulated"]), result.counters["unsimulated"])


class Training(Simulator):
    def differ_at_most(self, bounds, **settings):
        found = json.loads(self.check(run("networks.py", *bounds, **settings)).out.splitlines()[-1])
        self.assertEqual(found.keys(), bounds.keys())
        for variant, bound in bounds.items():
            self.assertLessEqual(found[variant], bound, found)

    def test_losses_equal_the_cpu(self):
        self.differ_at_most(dict.fromkeys(("article", "adam", "batch-norm"), 1e-5))

    def test_first_generation(self):
        self.differ_at_most(dict.fromkeys(("article", "classic"), 1e-5), soc="Ascend910A")

    def test_mixed_precision(self):
        self.differ_at_most({"plain": 1e-5, "classic": 1e-5, "plain:fp16": 2e-3, "plain:bf16": 1e-2})


class Counters(Simulator):
    def test_exact_counts(self):
        code = """
x = torch.ones(1000).npu()
y = x + x
torch.npu.synchronize()
print(y.sum().item())
"""
        result = self.check(run_code(code))
        self.assertEqual(result.counters["launches"], {"aclnnAdd": 1, "aclnnReduceSum": 1})
        self.assertEqual(result.counters["launches_total"], 2)
        self.assertEqual((result.counters["h2d_copies"], result.counters["h2d_bytes"]), (1, 4000))
        self.assertEqual((result.counters["d2h_copies"], result.counters["d2h_bytes"]), (1, 4))
        self.assertGreaterEqual(result.counters["peak_device_bytes"], 8000)

    def test_article_step(self):
        """Checks the launches of one step of the Ascend tutorial's loop; subtracting two runs removes those of the start."""
        one, two = (self.check(run("article.py", "--steps", n, "--batch", 4, "--foreach", "off")).counters
                    for n in (1, 2))
        self.assertEqual(two["launches_total"] - one["launches_total"], 767)
        self.assertEqual(two["h2d_copies"] - one["h2d_copies"], 2)
        self.assertEqual(two["d2h_copies"] - one["d2h_copies"], 1)

    def test_written_by_every_kind_of_exit(self):
        for ending, code in (("sys.exit(3)", 3), ("raise ValueError", 1)):
            with self.subTest(ending):
                result = self.check(run_code(f"import sys; torch.ones(3).npu() + 1; {ending}", forked=False), code)
                self.assertEqual(result.counters["launches_total"], 1)

    def test_a_file_for_each_process(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "c.json"
            child = "import torch_npu, torch; (torch.ones(2).npu() + 1).cpu()"
            code = ("import torch_npu, torch, subprocess, sys; torch.ones(2).npu();"
                    f"subprocess.run([sys.executable, '-c', {child!r}])")
            subprocess.run([str(LAUNCHER), *options(counters=file), "--", sys.executable, "-c", code],
                           check=True, capture_output=True)
            files = list(Path(folder).iterdir())
            self.assertEqual(len(files), 2)
            self.assertEqual(sorted(json.loads(f.read_text())["launches_total"] for f in files), [0, 1])

    def test_read_by_a_c_function(self):
        result = self.check(run_code("""
import ctypes, json
(torch.ones(2).npu() + 1).cpu()
library = ctypes.CDLL("libascendcl.so")
buffer = ctypes.create_string_buffer(100000)
library.simGetCounters(buffer, 100000)
print(json.loads(buffer.value)["launches_total"])
library.simResetCounters()
library.simGetCounters(buffer, 100000)
print(json.loads(buffer.value)["launches_total"])
"""))
        self.assertEqual(result.out.split(), ["1", "0"])


class Memory(Simulator):
    def test_host_access_to_device_memory_dies(self):
        result = run_code("import ctypes; x = torch.ones(4).npu();"
                          "ctypes.cast(x.data_ptr(), ctypes.POINTER(ctypes.c_float))[0]")
        self.assertEqual(result.code, -signal.SIGSEGV, str(result))

    def test_limit_and_accounting(self):
        result = self.check(run_code("""
torch.npu.set_device(0)
free, total = torch.npu.mem_get_info()
assert total == 1 << 29, total
x = torch.empty(100 << 20, dtype=torch.uint8, device="npu")
assert 100 << 20 <= free - torch.npu.mem_get_info()[0] < 104 << 20
try:
    torch.empty(1 << 30, dtype=torch.uint8, device="npu")
except RuntimeError as error:
    print('out of memory' in str(error))
del x
torch.npu.empty_cache()
assert torch.npu.mem_get_info()[0] == free
""", memory=0.5))
        self.assertEqual(result.out.split(), ["True"])
        self.assertTrue(100 << 20 <= result.counters["peak_device_bytes"] < 104 << 20, result.counters)

    def test_devices_are_separate(self):
        self.check(run_code("""
assert torch.npu.device_count() == 3
x = torch.arange(4.).to("npu:2")
y = x.to("npu:1") * 2
assert y.device.index == 1 and y.tolist() == [0, 2, 4, 6]
assert torch.npu.memory_allocated(0) == 0 and torch.npu.memory_allocated(2) > 0
""", devices=3))


class Streams(Simulator):
    CODE = """
import time
side = torch.npu.Stream()
x = torch.zeros(256, 256).npu()
with torch.npu.stream(side):
    x * 1
torch.npu.synchronize()
start = time.perf_counter()
y = x + 1
returned = time.perf_counter() - start
with torch.npu.stream(side):
    {wait}
    z = y * 1
side.synchronize()
print(json.dumps({{"returned": returned, "value": z.sum().item()}}))
"""

    def result(self, wait):
        code = "import json\n" + self.CODE.format(wait=wait)
        return json.loads(self.check(run_code(code, fault="slow=aclnnAdds:3000")).out.splitlines()[-1])

    def test_launches_return_before_they_are_done(self):
        self.assertLess(self.result("side.wait_stream(torch.npu.default_stream())")["returned"], 3)

    def test_a_stream_that_waits_sees_the_result(self):
        self.assertEqual(self.result("side.wait_stream(torch.npu.default_stream())")["value"], 65536)

    def test_a_stream_that_does_not_wait_sees_stale_memory(self):
        self.assertNotEqual(self.result("pass")["value"], 65536)

    def test_events_measure_the_stream(self):
        result = self.check(run_code("""
a, b = (torch.npu.Event(enable_timing=True) for _ in range(2))
x = torch.zeros(4).npu()
a.record(); y = x + 1; b.record()
assert not b.query()
b.synchronize()
print(a.elapsed_time(b))
""", fault="slow=aclnnAdds:3000"))
        self.assertGreaterEqual(float(result.out), 3000)

    def test_non_blocking_copy_needs_a_synchronisation(self):
        result = self.check(run_code("""
x = torch.zeros(4).npu()
torch.npu.synchronize()
host = torch.full((4,), 7.0).pin_memory()
host.copy_(x + 1, non_blocking=True)
before = host.tolist()
torch.npu.synchronize()
print(before, host.tolist())
""", fault="slow=aclnnAdds:3000"))
        self.assertEqual(result.out.strip(), "[7.0, 7.0, 7.0, 7.0] [1.0, 1.0, 1.0, 1.0]")


class Random(Simulator):
    CODE = """
import torch.nn.functional as F
torch.npu.manual_seed({seed})
values = [torch.rand(5, device="npu"), torch.randn(5, device="npu"), torch.randperm(9, device="npu").float(),
          torch.empty(9, device="npu").bernoulli_(0.5), F.dropout(torch.ones(9, device="npu"), 0.5)]
state = torch.npu.get_rng_state()
values.append(torch.rand(5, device="npu"))
torch.npu.set_rng_state(state)
assert torch.equal(values[-1], torch.rand(5, device="npu"))
print([v.tolist() for v in values])
"""

    def test_seed_decides(self):
        first, second, other = (self.check(run_code(self.CODE.format(seed=s))).out for s in (1, 1, 2))
        self.assertEqual(first, second)
        self.assertNotEqual(first, other)

    def test_distributions(self):
        self.check(run_code("""
torch.npu.manual_seed(0)
n = 100000
u, g = torch.rand(n, device="npu").cpu(), torch.randn(n, device="npu").cpu()
b = torch.empty(n, device="npu").bernoulli_(0.3).cpu()
assert abs(u.mean() - 0.5) < 0.01 and 0 <= u.min() and u.max() < 1
assert abs(g.mean()) < 0.02 and abs(g.std() - 1) < 0.02
assert abs(b.mean() - 0.3) < 0.01
assert torch.randperm(1000, device="npu").cpu().sort()[0].equal(torch.arange(1000))
x = torch.ones(n, device="npu", requires_grad=True)
y = torch.nn.functional.dropout(x, 0.25)
y.sum().backward()
kept = (y.cpu() != 0)
assert abs(kept.float().mean() - 0.75) < 0.01
assert torch.allclose(y.detach().cpu()[kept], torch.tensor(1 / 0.75))
assert torch.equal(y.detach().cpu(), x.grad.cpu())
"""))


class Faults(Simulator):
    def fails(self, fault, text, code="print((torch.ones(3).npu() + 1).cpu())", **settings):
        result = run_code(code, fault=fault, **settings)
        self.assertNotIn(result.code, (0, -signal.SIGSEGV, -signal.SIGABRT), str(result))
        self.assertIn(text, result.out + result.err)

    def test_out_of_memory(self):
        self.fails("oom@2", "out of memory", "x = [torch.empty(30 << 20, device='npu') for _ in range(3)]")
        self.check(run_code("torch.empty(30 << 20, device='npu')", fault="oom@2"))

    def test_busy_device(self):
        self.fails("busy", "507033")

    def test_failed_initialisation(self):
        self.fails("init=507008", "507008", forked=False)

    def test_lost_device(self):
        self.fails("lost@3", "507010", "x = torch.ones(3).npu()\nfor i in range(5):\n  x = x + 1; print(i, x.tolist())")

    def test_hung_device(self):
        code = """
import signal
x = torch.ones(3).npu()
try:
  for i in range(5):
    x = x + 1; print(x.tolist())
except RuntimeError as e:
  print(e)
# For the wait alone: after an error the process takes longer than that to end.
signal.alarm(10)
try:
  torch.npu.synchronize()
finally:
  signal.alarm(0)
"""
        hung = run_code(code, fault="hung@3")
        self.assertIn("507010", hung.out)
        self.assertEqual(hung.code, -signal.SIGALRM)
        self.assertEqual(run_code(code, fault="lost@3").code, 1)

    def test_no_device(self):
        result = self.check(run_code("print(torch.npu.device_count(), torch.npu.is_available())", fault="no-device",
                                     forked=False))
        self.assertEqual(result.out.strip(), "0 False")

    def test_unknown_soc(self):
        self.fails("soc=Ascend999", "Unsupported soc version: Ascend999")
        self.fails(None, "Unsupported soc version: Ascend999", soc="Ascend999")

    def test_missing_operator(self):
        self.fails("missing-op=aclnnFlip", "aclop ReverseV2 is not simulated", "torch.ones(3).npu().flip(0).cpu()")

    def test_missing_library(self):
        self.fails("missing-library=libhccl", "libhccl.so: cannot open shared object file", forked=False)

    def test_missing_driver(self):
        self.fails("missing-library=libascend_hal", "libascend_hal.so: cannot open shared object file", forked=False)

    def test_old_toolkit(self):
        result = self.check(run_code("import os; print(torch_npu.npu.utils.get_cann_version(module='CANN'));"
                                     "print(open(os.environ['ASCEND_HOME_PATH'] + '/version.info').read())",
                                     fault="cann=8.0.0", forked=False))
        self.assertEqual(result.out.count("8.0.0"), 3, result.out)

    def test_wrong_specifications(self):
        for fault in ("nonsense", "oom@x"):
            result = run_code("", fault=fault, forked=False)
            self.assertEqual(result.code, 2, str(result))
            self.assertIn(fault, result.err)


class Launcher(Simulator):
    def test_exit_code_signals_and_process_are_the_command_s(self):
        process = subprocess.Popen([str(LAUNCHER), "--", sys.executable, "-c",
                                    "import os, time; print(os.getpid(), flush=True); time.sleep(60)"],
                                   stdout=subprocess.PIPE, text=True)
        self.assertEqual(int(process.stdout.readline()), process.pid)
        process.terminate()
        self.assertEqual(process.wait(30), -signal.SIGTERM)
        process.stdout.close()

    def test_torch_home_of_the_command(self):
        with tempfile.TemporaryDirectory(prefix="a folder ") as folder:
            program = Path(folder) / "program"
            program.write_text('#!/bin/bash\necho "$ASCEND_HOME_PATH"\n')
            program.chmod(0o755)
            home = subprocess.run([str(LAUNCHER), "--", str(program), "--torch-home", sys.prefix], cwd=folder,
                                  env=environment(PATH="/usr/bin:/bin"), capture_output=True, text=True, check=True)
            self.assertTrue(Path(home.stdout.strip(), "lib64", "libascendcl.so").exists())
            self.assertTrue(Path(home.stdout.strip(), "version.info").exists())

    def test_wrong_use(self):
        for words in ([], ["--devices"], ["--devices", "x", "--", "true"], ["--nonsense", "--", "true"],
                      ["--", "/bin/true", "--torch-home", "/nowhere"]):
            process = subprocess.run([str(LAUNCHER), *words], capture_output=True, text=True)
            self.assertEqual(process.returncode, 2, process)
            self.assertIn("with-simulated-cann", process.stderr)

    def test_one_torch_in_the_process(self):
        result = self.check(run_code("""
(torch.ones(2).npu() + 1).cpu()
files = {line.split()[-1] for line in open("/proc/self/maps") if "/" in line}
for name in ("libtorch_cpu.so", "libc10.so", "libgomp"):
    assert len([f for f in files if name in f.rsplit("/", 1)[-1]]) == 1, (name, files)
"""))

    @unittest.skipUnless(os.environ.get("SIM_TEST_BUILD"), "SIM_TEST_BUILD is not set: builds the simulator anew")
    def test_concurrent_builds(self):
        with tempfile.TemporaryDirectory(prefix="a cache ") as cache:
            command = [str(LAUNCHER), "--", sys.executable, str(FOLDER / "article.py"), "--steps", "1", "--batch", "1"]
            processes = [subprocess.Popen(command, env=environment(XDG_CACHE_HOME=cache), stdout=subprocess.PIPE,
                                          stderr=subprocess.PIPE, text=True) for _ in range(2)]
            results = [p.communicate(timeout=1200) for p in processes]
            self.assertEqual([p.returncode for p in processes], [0, 0], results)
            self.assertEqual(sum("building" in err for _, err in results), 1)

    @unittest.skipUnless(os.environ.get("SIM_TEST_BUILD"), "SIM_TEST_BUILD is not set: builds the simulator anew")
    def test_two_wheels_side_by_side(self):
        """A wheel in another place has its own simulator; both are built at the same time, and only once."""
        with tempfile.TemporaryDirectory(prefix="two wheels ") as folder:
            code = "import torch, torch_npu; print((torch.ones(2).npu() + 1).sum().item())"
            homes = [Path(folder, name) for name in ("first", "second")]
            for home in homes:
                home.mkdir()
                for package in ("torch", "torch_npu"):
                    (home / package).symlink_to(Path(importlib.util.find_spec("torch").origin).parents[1] / package)

            def results():
                processes = [subprocess.Popen(
                    [str(LAUNCHER), "--", "env", sys.executable, "-c", code], text=True, stdout=subprocess.PIPE,
                    env=environment(XDG_CACHE_HOME=folder, ASCEND4J_TORCH_HOME=home), stderr=subprocess.PIPE)
                    for home in homes]
                return [(*p.communicate(timeout=1200), p.returncode) for p in processes]

            for building in (2, 0):
                found = results()
                self.assertEqual([(out.strip(), code) for out, _, code in found], [("4.0", 0)] * 2, found)
                self.assertEqual(sum("building" in err for _, err, _ in found), building)


if __name__ == "__main__":
    unittest.main(verbosity=2)
