package org.ascend4j.device;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.ascend4j.runtime.TorchNpu;
import org.ascend4j.runtime.Version;

/**
 * Which chips, CANN versions and torch_npu wheels can capture the work of an NPU as a graph and replay it (torch_npu's NPUGraph).
 *
 * <p>Only work on one stream is meant. Wheels up to 2.7.1.post3 replay captures over several streams in a wrong order with the task queue on (until commit 8147d1150
 * of Ascend/pytorch, which v26.0.0 has), so the trainer records none: its dropout draws on the stream of the network, and the sums over ranks are not recorded.
 *
 * <p>The reasons are parts of a sentence, such as "graphs need CANN 9.0.0 on Ascend310P3, found 8.5.0". torch_npu's own conditions on one capture (a stream other
 * than the default one, {@code TASK_QUEUE_ENABLE} other than 2) are not included.
 *
 * @since 0.1.0
 */
public final class GraphCapture {
    /**
     * Chips that can capture, with the first CANN and the first number after {@code .post} that support them.
     *
     * <p>Sources: the product tables of aclmdlRICaptureBegin in CANN's API reference, 8.2.RC1 to 9.1.0 (hiascend.com aclcppdevg_03_1782), which list Atlas A2, A3
     * and 950, the 310P from 9.0 on, and the 910A and 310B in no version; IsCaptureSupported in AclInterface.cpp of Ascend/pytorch, which knows the 310P from tag
     * v26.0.0 on (2.7.1.post4).
     */
    private static final List<Chip> CHIPS = List.of(
            new Chip(Pattern.compile("Ascend910B\\d.*|Ascend910_93.*"), "8.1.RC1", 0),
            new Chip(Pattern.compile("Ascend950.*"), "9.0.0", 0),
            new Chip(Pattern.compile("Ascend310P.*"), "9.0.0", 4));

    /**
     * The first CANN of wheels for torch 2.7.1, by the first number after {@code .post} to which it applies.
     *
     * <p>Sources: NPUGraph.cpp of Ascend/pytorch at tags v7.2.0-pytorch2.7.1 (2.7.1), v7.3.0-pytorch2.7.1 (.post2) and v26.0.0 (.post4). In
     * .post2 and .post3 a capture calls aclrtSetStreamAttribute in any case, which CANN has since 8.2.RC1; later wheels only from CANN 8.5 on.
     */
    private static final NavigableMap<Integer, String> WHEELS = new TreeMap<>();

    static {
        WHEELS.put(0, "8.1.RC1");
        WHEELS.put(2, "8.2.RC1");
        WHEELS.put(4, "8.1.RC1");
    }

    private record Chip(Pattern name, String firstCann, int firstPost) {}

    private GraphCapture() {}

    /**
     * Returns why a step on one stream cannot be captured; empty if it can.
     *
     * @param torchNpu torch_npu's version; null for a libtorch_npu without one, to which the conditions on wheels are not applied
     * @param chip the chip's name, such as Ascend910B1
     * @param cann CANN's version; empty if unknown, which is an obstacle
     */
    public static Optional<String> obstacle(String torchNpu, String chip, Optional<String> cann) {
        Optional<Chip> found =
                CHIPS.stream().filter(each -> each.name.matcher(chip).matches()).findFirst();
        if (found.isEmpty()) {
            return Optional.of("graphs need Atlas A2, A3, 950 or 310P, found " + chip);
        }
        if (torchNpu != null && TorchNpu.post(torchNpu) < found.get().firstPost) {
            return Optional.of("graphs on " + chip + " need torch_npu 2.7.1.post" + found.get().firstPost
                    + " or newer, found " + torchNpu);
        }
        String needed = found.get().firstCann;
        if (torchNpu != null && isOlder(needed, firstCann(torchNpu))) {
            needed = firstCann(torchNpu);
        }
        if (cann.isPresent() && !isOlder(cann.get(), needed)) {
            return Optional.empty();
        }
        return Optional.of("graphs on " + chip
                + (torchNpu == null ? "" : " with torch_npu " + torchNpu)
                + " need CANN " + needed + " or newer, found " + cann.orElse("an unknown version"));
    }

    private static String firstCann(String torchNpu) {
        return WHEELS.floorEntry(TorchNpu.post(torchNpu)).getValue();
    }

    private static boolean isOlder(String version, String than) {
        return Version.parse(version).compareTo(Version.parse(than)) < 0;
    }
}
