package org.ascend4j.device;

import java.util.Optional;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.npu.NpuDevice;
import org.ascend4j.nativelib.npu.NpuGraph;
import org.ascend4j.nativelib.npu.NpuMemory;
import org.ascend4j.nativelib.npu.NpuOptions;
import org.ascend4j.nativelib.python.EmbeddedPython;
import org.ascend4j.nativelib.python.PythonException;
import org.ascend4j.runtime.Cann;
import org.ascend4j.runtime.MemoryUse;
import org.ascend4j.runtime.TorchHome;
import org.ascend4j.runtime.TorchNpu;

/** Starts torch_npu's wheel in an embedded Python. Training steps do not call Python. */
final class WheelStart implements NpuStart {
    /**
     * torch_npu imports torch's inductor, which no training of this process uses. Inductor would start a process to compile in, and it would build the tables that
     * translate CUDA's names for ROCm; together these take 5 s of processor time. A lookup of any other name of that module loads it as usual.
     */
    private static final String IMPORT =
            """
            import importlib, os, sys, types
            os.environ.setdefault('TORCHINDUCTOR_COMPILE_THREADS', '1')

            class Translator(types.ModuleType):
                def __getattr__(self, name):
                    if name.startswith('__'):
                        raise AttributeError(name)
                    if sys.modules.get(self.__name__) is self:
                        del sys.modules[self.__name__]
                    return getattr(importlib.import_module(self.__name__), name)

            translator = Translator('torch.utils.hipify.hipify_python')
            translator.PYTORCH_MAP, translator.PYTORCH_TRIE = {}, None
            sys.modules[translator.__name__] = translator
            import torch
            import torch_npu
            if sys.modules.get(translator.__name__) is translator:
                del sys.modules[translator.__name__]
            """;

    private final TorchHome home;
    private final DeviceConfig config;

    WheelStart(TorchHome home, DeviceConfig config) {
        this.home = home;
        this.config = config;
    }

    @Override
    public void start(int device) {
        if (home.torchNpu() == null) {
            throw new Ascend4jException("device npu expects torch_npu " + home.torchRelease() + " beside torch in "
                    + home.executable() + ", found none; run: "
                    + TorchNpu.installCommand(home.executable()));
        }
        if (!home.torchNpu().startsWith(home.torchRelease())) {
            throw new Ascend4jException("device npu expects a torch_npu for torch " + home.torchRelease() + ", found "
                    + home.torchNpu() + " in " + home.executable());
        }
        Cann.requireEnvironment();
        try {
            TorchPython.start(home, DeviceSpec.Kind.NPU);
            EmbeddedPython.run(IMPORT);
            // With both off, every operator of GoogLeNet uses aclnn, also on Ascend910A and with the older wheels.
            NpuOptions.setInternalFormat(config.npuInternalFormat());
            NpuOptions.setJitCompile(config.npuJit());
            new NpuDevice(device).makeCurrent();
            // Runs in Python, because an exception from Python reaches C++ without its text.
            EmbeddedPython.run("torch.npu.init()\n");
        } catch (PythonException e) {
            throw NpuProblem.explain(e);
        } catch (Ascend4jException e) {
            throw e;
        } catch (RuntimeException e) {
            // torch_npu's C++ exceptions contain CANN's messages.
            throw NpuProblem.explain(e);
        }
    }

    @Override
    public MemoryUse memory(int device) {
        NpuDevice npu = new NpuDevice(device);
        NpuMemory memory = NpuMemory.of(npu);
        return new MemoryUse(memory.allocated(), memory.peakAllocated(), npu.totalMemory());
    }

    @Override
    public Optional<String> captureObstacle(NpuDevice device) {
        return GraphCapture.obstacle(home.torchNpu(), NpuDevice.socName(), Cann.version())
                .or(() -> NpuGraph.obstacle(device));
    }

    @Override
    public void finish() {
        EmbeddedPython.runExitHandlers();
    }
}
