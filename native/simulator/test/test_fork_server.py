"""Tests of what the fork server promises beyond the exit codes and signals that other tests see."""
import os
import subprocess
import unittest

from simulated import LAUNCHER, python, run_code


class ForkServer(unittest.TestCase):
    def test_programs_are_separate(self):
        """A second program sees neither the first one's variables nor its modules, folder and settings."""
        first = "import os, sys; os.environ['STATE'] = sys.modules['state'] = '1'; os.chdir('/'); torch.ones(2).npu()"
        second = """
import os, sys
print(os.environ.get("STATE"), sys.modules.get("state"), os.getcwd() == "/", torch.npu.is_initialized(),
      torch.npu.device_count())
"""
        self.assertEqual(run_code(first).code, 0)
        result = run_code(second, devices=2)
        self.assertEqual(result.out.strip(), "None None False False 2", str(result))

    def test_a_program_ends_with_its_client(self):
        code = "import os, time; print(os.getpid(), flush=True); time.sleep(250)"
        client = subprocess.Popen([str(LAUNCHER), "--", *python("-c", code)], stdout=subprocess.PIPE, text=True)
        program = int(client.stdout.readline())
        self.assertNotEqual(program, client.pid)
        client.kill()
        self.assertEqual(client.stdout.read(), "")  # returns when the program no longer holds the other end
        client.wait()
        client.stdout.close()

    def test_a_missing_server_and_another_toolkit(self):
        words = [str(LAUNCHER), "--", *python("-c", "")]
        missing = subprocess.run([w.replace(os.environ["SIM_TEST_SERVER"], "/nowhere") for w in words],
                                 capture_output=True, text=True, timeout=60)
        self.assertEqual(missing.returncode, 70, missing)
        self.assertIn("no answer from the fork server", missing.stderr)
        other = run_code("print('ran')", fault="cann=8.3.RC1")
        self.assertEqual((other.code, other.out), (1, ""), str(other))
        self.assertIn("cann-8.5.0, not", other.err)


if __name__ == "__main__":
    unittest.main(verbosity=2)
