package org.ascend4j.device;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.npu.NpuDevice;
import org.ascend4j.runtime.BoundedWait;
import org.ascend4j.runtime.MemoryUse;
import org.ascend4j.runtime.StopRequest;
import org.ascend4j.runtime.TorchRuntime;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A Huawei Ascend NPU through torch_npu. */
final class NpuBackend implements DeviceBackend {
    /** The time limit for shutting down. All results have been read by then, and a launcher gives the other ranks 10 s after one has failed. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /** The time limit for the first computation, because CANN may compile the operators first. */
    private static final Duration FIRST_WORK = Duration.ofMinutes(5);

    private final DeviceSpec spec;
    private final NpuStart start;
    private final NpuDevice npu;
    private final Device device;
    private final StopRequest held;

    NpuBackend(DeviceSpec spec, NpuStart start, boolean deterministic) {
        this.spec = spec;
        this.start = start;
        TorchRuntime.load();
        NpuRuntime.PROCESS.open(spec, () -> start.start(spec.index()), this::endRuntime);
        npu = new NpuDevice(spec.index());
        device = new Device(spec.toString());
        device.retainReference();
        if (deterministic) {
            torch.globalContext().setDeterministicAlgorithms(true, false);
        }
        try {
            prove();
        } catch (RuntimeException e) {
            endAfter(e);
            throw e;
        }
        // A process that ends while the device works prints torch_npu's errors or crashes, so a signal has to wait for
        // close().
        held = StopRequest.unasked();
    }

    private void prove() {
        try {
            BoundedWait.run("the first work of " + spec, FIRST_WORK, () -> {
                npu.makeCurrent();
                DeviceProof.require(spec, device, "; see CANN's log in ~/ascend/log");
            });
        } catch (TimeoutException e) {
            throw new Ascend4jException(
                    spec + " expected to add four numbers, found it still working after " + FIRST_WORK.toMinutes()
                            + " minutes; see CANN's log in ~/ascend/log and 'npu-smi info -t health -i " + spec.index()
                            + "'",
                    e);
        } catch (RuntimeException e) {
            throw e instanceof Ascend4jException ? e : NpuProblem.explain(e);
        }
    }

    @Override
    public DeviceSpec spec() {
        return spec;
    }

    @Override
    public String name() {
        return NpuDevice.socName();
    }

    @Override
    public Device device() {
        return device;
    }

    @Override
    public void seed(long seed) {
        torch.manual_seed(seed);
        npu.seed(seed);
    }

    @Override
    public Tensor generatorState() {
        return npu.generatorState();
    }

    @Override
    public void setGeneratorState(Tensor state) {
        npu.setGeneratorState(state);
    }

    @Override
    public void synchronize() {
        npu.synchronize();
    }

    @Override
    public Optional<MemoryUse> memory() {
        return Optional.of(start.memory(spec.index()));
    }

    @Override
    public Set<Layout> layouts() {
        // torch_npu: "Only c10::MemoryFormat::Contiguous is supported for creating a npu tensor".
        return EnumSet.of(Layout.CONTIGUOUS);
    }

    @Override
    public Layout preferredLayout() {
        return Layout.CONTIGUOUS;
    }

    @Override
    public Set<Precision> precisions() {
        // Ascend910A and older have no bf16.
        return name().matches("Ascend910(A|PremiumA|ProA|ProB|B)?|Ascend310.*")
                ? EnumSet.of(Precision.FP32, Precision.FP16)
                : EnumSet.allOf(Precision.class);
    }

    @Override
    public Optional<String> captureObstacle() {
        return start.captureObstacle(npu);
    }

    @Override
    public CapturedStep capture(Runnable work) {
        return WheelGraph.capture(npu, work);
    }

    @Override
    public void attachThread() {
        npu.makeCurrent();
    }

    @Override
    public void close() {
        try {
            end();
        } finally {
            held.close();
        }
    }

    private void endAfter(RuntimeException failure) {
        try {
            end();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Waits for the device's work. torch_npu's own wait may never return: a failed operator ends the thread that takes work from its queue, and work that
     * another thread queues at the same moment stays there (NPUQueue.cpp, MakeSureQueueEmpty).
     */
    private void end() {
        try {
            BoundedWait.run("the last work of " + spec, PATIENCE, () -> {
                npu.makeCurrent();
                npu.synchronize();
            });
        } catch (TimeoutException e) {
            // The device stays open for the runtime, whose end would wait for it.
            NpuDevice.abandon();
            throw new Ascend4jException(
                    spec + " expected to end its work, found it still working after " + PATIENCE.toSeconds()
                            + " s; see CANN's log in ~/ascend/log and 'npu-smi info -t health -i " + spec.index() + "'",
                    e);
        }
        device.releaseReference();
        NpuRuntime.PROCESS.close();
    }

    /** Ends torch_npu, on any thread. */
    private void endRuntime() {
        npu.makeCurrent();
        start.finish();
    }
}
