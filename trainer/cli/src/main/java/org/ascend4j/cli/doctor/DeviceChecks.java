package org.ascend4j.cli.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.DeviceSpec;
import org.ascend4j.device.Devices;
import org.ascend4j.device.GraphCapture;
import org.ascend4j.device.NpuProblem;
import org.ascend4j.device.Precision;
import org.ascend4j.nativelib.npu.NpuDevice;
import org.ascend4j.runtime.BoundedWait;
import org.ascend4j.runtime.Cann;
import org.ascend4j.runtime.MemoryUse;
import org.ascend4j.runtime.TorchHome;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Checks the device itself: start, name, memory, a matrix product, and a training step compared with the CPU's. */
final class DeviceChecks {
    static final String START = "start";

    private static final int STEP_BATCH = 8;
    private static final double GIB = 1L << 30;

    /** CANN may first have to compile each operator of a training step. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Subject subject;

    DeviceChecks(Subject subject) {
        this.subject = subject;
    }

    List<Check> all() {
        List<Check> checks = new ArrayList<>();
        checks.add(new Check(START, needs(), this::start));
        if (subject.isNpu()) {
            checks.add(
                    new Check("device count", List.of(START), () -> Finding.ok(Integer.toString(NpuDevice.count()))));
        }
        checks.add(new Check(
                "name", List.of(START), () -> Finding.ok(subject.device().name())));
        if (subject.isNpu()) {
            checks.add(new Check("graph capture", List.of("name"), this::graphCapture));
        }
        checks.add(new Check("memory", List.of(START), this::memory));
        checks.add(new Check("tensor", List.of(START), () -> explained(() -> bounded(this::tensor))));
        if (subject.spec().kind() != DeviceSpec.Kind.CPU) {
            checks.add(new Check("training step", List.of("tensor"), () -> explained(() -> bounded(this::step))));
        }
        return checks;
    }

    private List<String> needs() {
        List<String> needs = new ArrayList<>(List.of(LibraryChecks.LIBTORCH));
        if (subject.isNpu()) {
            needs.addAll(
                    List.of(LibraryChecks.NATIVE, CannChecks.ENVIRONMENT, DriverChecks.VISIBLE, "working directory"));
        }
        if (subject.usesWheel()) {
            needs.addAll(List.of(LibraryChecks.PYTHON, LibraryChecks.TORCH_NPU));
        }
        return needs;
    }

    private Finding start() {
        try {
            return explained(() -> {
                subject.started(Devices.open(subject.spec(), subject.config()));
                return Finding.ok(subject.spec() + " started");
            });
        } catch (Ascend4jException e) {
            boolean hardware = NpuProblem.find(e).map(NpuProblem::hardware).orElse(subject.isNpu());
            Finding failure = Finding.failed(e);
            return hardware ? failure.maybeAbsence() : failure;
        }
    }

    private Finding graphCapture() {
        String torchNpu =
                subject.usesWheel() ? subject.home().map(TorchHome::torchNpu).orElse(null) : null;
        return GraphCapture.obstacle(torchNpu, subject.device().name(), Cann.version())
                .map(reason -> Finding.info("not possible: " + reason))
                .orElseGet(() -> Finding.ok("possible"));
    }

    private Finding memory() {
        Optional<MemoryUse> memory = subject.device().memory();
        return memory.isEmpty()
                ? Finding.info("the device does not report it")
                : Finding.ok(String.format(
                        Locale.ROOT,
                        "%.1f GiB, %.3f GiB of it in use by this process",
                        memory.get().total() / GIB,
                        memory.get().used() / GIB));
    }

    /** Checks a product of matrices of small integers, which has one correct result in every precision that the hardware may choose. */
    private Finding tensor() {
        try (PointerScope scope = new PointerScope()) {
            Tensor left = whole(64, 16);
            Tensor right = whole(16, 32);
            Tensor there = left.to(subject.device().device(), ScalarType.Float)
                    .mm(right.to(subject.device().device(), ScalarType.Float));
            boolean equal = torch.equal(there.cpu(), left.mm(right));
            return equal
                    ? Finding.ok("64x16 by 16x32 matrices: all 2,048 values equal the CPU's")
                    : Finding.failed("a product of matrices of whole numbers differs from the CPU's", whereToLook());
        }
    }

    /** Returns integers from -3 to 3 in a pattern without symmetry. */
    private static Tensor whole(long rows, long columns) {
        return torch.arange(new Scalar(rows * columns))
                .mul(new Scalar(5))
                .remainder(new Scalar(7))
                .sub(new Scalar(3))
                .to(ScalarType.Float)
                .reshape(rows, columns);
    }

    private Finding step() {
        try (DeviceBackend cpu = Devices.open(DeviceSpec.parse("cpu"), subject.config())) {
            StepDifference difference = StepDifference.between(subject.device(), cpu, STEP_BATCH, Precision.FP32);
            String found = "GoogLeNet, batch " + STEP_BATCH + ": " + difference;
            return difference.isWithin(StepDifference.FP32)
                    ? Finding.ok(found)
                    : Finding.failed(found, "see CANN's log in ~/ascend/log; compare with --deterministic");
        }
    }

    private String whereToLook() {
        return subject.isNpu()
                ? "see CANN's log in ~/ascend/log, and 'npu-smi info -t health -i "
                        + subject.spec().index() + "'"
                : "see the system's log for errors of memory or of the device";
    }

    /** Runs a check with a time limit, because a wait for a failed card may never end. */
    private Finding bounded(Supplier<Finding> look) {
        try {
            return BoundedWait.call("a check of " + subject.spec(), PATIENCE, () -> {
                subject.device().attachThread();
                return look.get();
            });
        } catch (TimeoutException e) {
            return Finding.failed(
                    subject.spec() + " has not answered for " + PATIENCE.toMinutes() + " minutes", whereToLook());
        }
    }

    /** Runs a check and replaces the exception of native code, which has CANN's message, by one that names the problem. */
    private static Finding explained(Supplier<Finding> look) {
        try {
            return look.get();
        } catch (Ascend4jException e) {
            throw e;
        } catch (RuntimeException e) {
            throw NpuProblem.explain(e);
        }
    }
}
