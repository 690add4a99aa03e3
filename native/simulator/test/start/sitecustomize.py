"""Imported by each interpreter that the tests start. torch_npu imports torch's inductor, and with it the tables that translate CUDA's names for ROCm:
building them takes a quarter of the import's time, and no test uses them."""
import sys
import types

sys.modules["torch.utils.hipify.hipify_python"] = types.SimpleNamespace(PYTORCH_MAP={}, PYTORCH_TRIE=None)
