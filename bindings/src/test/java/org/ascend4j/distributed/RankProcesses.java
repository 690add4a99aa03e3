package org.ascend4j.distributed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.DeviceSpec;
import org.ascend4j.device.Devices;
import org.bytedeco.javacpp.PointerScope;

/** Runs ranks as separate processes, all with the same class. */
final class RankProcesses {
    /** The code that a rank runs as a member of the group. */
    interface Part {
        void play(RankGroup ranks) throws InterruptedException;
    }

    private RankProcesses() {}

    /** Runs ranks on one node and returns what each has printed; if ranks hang on purpose, only the first one's output. */
    static List<String> run(int size, Class<?> scenario, String argument) throws IOException, InterruptedException {
        Topology topology = Topology.oneNode("test", size, HostAddresses.freePort());
        try (MeetingFile file = MeetingFile.create()) {
            List<Rank> ranks = IntStream.range(0, size).mapToObj(topology::rank).toList();
            return run(ranks, scenario, argument, file.environment());
        }
    }

    /** Runs ranks with {@code variables} added to their environment. */
    static List<String> run(List<Rank> ranks, Class<?> scenario, String argument, Map<String, String> variables)
            throws IOException, InterruptedException {
        List<Process> processes = new ArrayList<>();
        for (Rank rank : ranks) {
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            scenario.getName(),
                            argument)
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(rank.environment());
            builder.environment().putAll(variables);
            builder.environment().put("OMP_NUM_THREADS", "1");
            processes.add(builder.start());
        }
        try {
            List<String> outputs = new ArrayList<>();
            for (Process process : processes) {
                outputs.add(new String(process.getInputStream().readAllBytes(), UTF_8));
                // The test does not wait for a rank that hangs on purpose.
                if (argument.equals("hang")) {
                    break;
                }
            }
            return outputs;
        } finally {
            for (Process process : processes) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    /** The main method of a rank's process: joins the group, runs its part and prints the outcome. */
    static void play(Duration timeout, Part part) throws InterruptedException {
        Rank rank = Placements.resolve(ParallelOptions.NONE, System.getenv(), Set.of(), false)
                .rank()
                .orElseThrow();
        try (DeviceBackend cpu = Devices.open(DeviceSpec.parse("cpu"));
                RankGroup ranks = RankGroup.join(rank, cpu, timeout);
                PointerScope scope = new PointerScope()) {
            part.play(ranks);
            ranks.done();
        } catch (PeerLostException e) {
            System.out.println("PeerLostException: " + e.getMessage());
        } catch (Ascend4jException e) {
            System.out.println(e.getMessage());
        }
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }
}
