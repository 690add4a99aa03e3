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
 * <p>Before a capture, a back end asks both methods with what it has started:
 *
 * <pre>{@code
 * Optional<String> obstacle = GraphCapture.obstacle(home.torchNpu(), NpuDevice.socName(), Cann.version());
 * if (obstacle.isEmpty() && stepUsesSeveralStreams) {  // dropout, or collectives inside the graph
 *     obstacle = GraphCapture.severalStreamsObstacle(home.torchNpu());
 * }
 * // empty: capture; else run eagerly, and report the reason if the user asked for a capture
 * }</pre>
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
     * Properties of wheels for torch 2.7.1, by the first number after {@code .post} to which they apply.
     *
     * <p>Sources: NPUGraph.cpp and NPUEvent.cpp of Ascend/pytorch at tags v7.2.0-pytorch2.7.1 (2.7.1), v7.3.0-pytorch2.7.1 (.post2) and v26.0.0 (.post4). In
     * .post2 and .post3 a capture calls aclrtSetStreamAttribute in any case, which CANN has since 8.2.RC1; later wheels only from CANN 8.5 on. Captures over
     * several streams replay in a wrong order with the task queue on, until commit 8147d1150, which v26.0.0 has.
     */
    private static final NavigableMap<Integer, Wheel> WHEELS = new TreeMap<>();

    static {
        WHEELS.put(0, new Wheel("8.1.RC1", false));
        WHEELS.put(2, new Wheel("8.2.RC1", false));
        WHEELS.put(4, new Wheel("8.1.RC1", true));
    }

    private record Chip(Pattern name, String firstCann, int firstPost) {}

    private record Wheel(String firstCann, boolean severalStreams) {}

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
        if (torchNpu != null && isOlder(needed, wheel(torchNpu).firstCann)) {
            needed = wheel(torchNpu).firstCann;
        }
        if (cann.isPresent() && !isOlder(cann.get(), needed)) {
            return Optional.empty();
        }
        return Optional.of("graphs on " + chip
                + (torchNpu == null ? "" : " with torch_npu " + torchNpu)
                + " need CANN " + needed + " or newer, found " + cann.orElse("an unknown version"));
    }

    /**
     * Returns why a step that uses several streams (dropout, collectives) cannot be captured even if {@link #obstacle} returns nothing; empty if it can.
     *
     * @param torchNpu torch_npu's version; null for a libtorch_npu without one, which may be of any release
     */
    public static Optional<String> severalStreamsObstacle(String torchNpu) {
        return torchNpu != null && wheel(torchNpu).severalStreams
                ? Optional.empty()
                : Optional.of(
                        "graphs over several streams (dropout, several ranks) need torch_npu 2.7.1.post4 or newer, found "
                                + (torchNpu == null ? "a libtorch_npu of unknown release" : torchNpu));
    }

    private static Wheel wheel(String torchNpu) {
        return WHEELS.floorEntry(TorchNpu.post(torchNpu)).getValue();
    }

    private static boolean isOlder(String version, String than) {
        return Version.parse(version).compareTo(Version.parse(than)) < 0;
    }
}
