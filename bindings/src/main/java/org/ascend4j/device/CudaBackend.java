package org.ascend4j.device;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.python.EmbeddedPython;
import org.ascend4j.nativelib.python.PythonException;
import org.ascend4j.runtime.MemoryUse;
import org.ascend4j.runtime.TorchHome;
import org.ascend4j.runtime.TorchRuntime;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** An NVIDIA GPU through the CUDA build of torch in a torch home. That torch home's Python starts the GPU and provides what the presets do not map. */
final class CudaBackend implements DeviceBackend {
    private final DeviceSpec spec;
    private final Device device;

    CudaBackend(DeviceSpec spec, TorchHome home, boolean deterministic) {
        this.spec = spec;
        TorchPython.start(home, spec.kind());
        try {
            // If torch_npu is installed beside torch, it would look for CANN.
            EmbeddedPython.run(
                    "import os\nos.environ.setdefault('TORCH_DEVICE_BACKEND_AUTOLOAD', '0')\nimport torch\n");
            require(home);
            EmbeddedPython.run("torch.cuda.set_device(%d)\n".formatted(spec.index()));
        } catch (PythonException e) {
            throw new Ascend4jException("device " + spec + " does not start: " + e.summary(), e);
        }
        device = new Device(spec.toString());
        device.retainReference();
        if (deterministic) {
            torch.globalContext().setDeterministicAlgorithms(true, false);
        }
        DeviceProof.require(spec, device, "");
    }

    private void require(TorchHome home) {
        String built = EmbeddedPython.eval("torch.version.cuda");
        if (built.equals("None")) {
            throw new Ascend4jException("device " + spec + " expects the CUDA build of torch "
                    + TorchRuntime.TORCH_VERSION + ", found torch " + home.torch() + " in " + home.executable()
                    + "; set --torch-home to an environment with it");
        }
        int count = Integer.parseInt(EmbeddedPython.eval("torch.cuda.device_count()"));
        if (count == 0) {
            throw new Ascend4jException("device " + spec + " expects an NVIDIA GPU and a driver for CUDA " + built
                    + ", found none; see 'nvidia-smi' and CUDA_VISIBLE_DEVICES");
        }
        if (spec.index() >= count) {
            throw new Ascend4jException("device " + spec + " expects a GPU of that index, found " + count
                    + "; see 'nvidia-smi' and CUDA_VISIBLE_DEVICES");
        }
    }

    @Override
    public DeviceSpec spec() {
        return spec;
    }

    @Override
    public String name() {
        return ask("torch.cuda.get_device_name(%d)");
    }

    private String ask(String expression) {
        return EmbeddedPython.eval(expression.formatted(spec.index()));
    }

    @Override
    public Device device() {
        return device;
    }

    @Override
    public void seed(long seed) {
        // Seeds every GPU as well.
        torch.manual_seed(seed);
    }

    @Override
    public Tensor generatorState() {
        try (Generator generator = torch.globalContext().defaultGenerator(device)) {
            return generator.get_state();
        }
    }

    @Override
    public void setGeneratorState(Tensor state) {
        try (Generator generator = torch.globalContext().defaultGenerator(device)) {
            generator.set_state(state);
        }
    }

    @Override
    public void synchronize() {
        torch.cuda_synchronize(spec.index());
    }

    @Override
    public Optional<MemoryUse> memory() {
        return Optional.of(new MemoryUse(
                Long.parseLong(ask("torch.cuda.memory_allocated(%d)")),
                Long.parseLong(ask("torch.cuda.max_memory_allocated(%d)")),
                Long.parseLong(ask("torch.cuda.get_device_properties(%d).total_memory"))));
    }

    @Override
    public Set<Layout> layouts() {
        return EnumSet.of(Layout.CHANNELS_LAST, Layout.CONTIGUOUS);
    }

    @Override
    public Layout preferredLayout() {
        return Layout.CHANNELS_LAST;
    }

    @Override
    public Set<Precision> precisions() {
        return ask("torch.cuda.get_device_capability(%d)[0] >= 8").equals("True")
                ? EnumSet.allOf(Precision.class)
                : EnumSet.of(Precision.FP32, Precision.FP16);
    }

    @Override
    public void attachThread() {
        EmbeddedPython.run("torch.cuda.set_device(%d)\n".formatted(spec.index()));
    }

    @Override
    public void close() {
        synchronize();
        device.releaseReference();
    }
}
