"""Tests that networks of other tutorials and of torchvision train on the simulated CANN as on the CPU."""
import json
import unittest

from simulated import run


class Networks(unittest.TestCase):
    def differences(self, *command):
        """Returns the largest relative difference of losses per network; checks that no operator fell back."""
        result = run(*command, timeout=1200)
        self.assertEqual(result.code, 0, str(result))
        self.assertEqual(result.counters["unsimulated"], [])
        self.assertNotIn("is not currently supported on the NPU backend", result.err)
        return json.loads(result.out.splitlines()[-1])

    def check(self, differences, bound, names):
        self.assertEqual(sorted(differences), sorted(names))
        self.assertLessEqual(max(differences.values()), bound, differences)

    def test_torchvision(self):
        self.check(self.differences("vision.py"), 1e-4,
                   ("resnet18", "resnet50", "alexnet", "vgg11_bn", "mobilenet_v2", "densenet121", "inception_v3"))

    def test_tutorials(self):
        names = ("resnet18", "alexnet", "mobilenet", "encoder", "lstm", "gru", "bce", "bce-with-logits")
        self.check(self.differences("tutorials.py", *names), 1e-5, names)

    def test_fast_path_of_an_encoder(self):
        """Evaluation of batch-first layers. torch_npu has no fused layer: it runs on the CPU, also with a real card."""
        names = ("encoder-batch-first", "encoder-fast-path")
        result = run("tutorials.py", *names)
        self.assertEqual(result.code, 0, str(result))
        self.assertIn("'aten::_transformer_encoder_layer_fwd' is not currently supported", result.err)
        self.check(json.loads(result.out.splitlines()[-1]), 1e-5, names)


if __name__ == "__main__":
    unittest.main(verbosity=2)
