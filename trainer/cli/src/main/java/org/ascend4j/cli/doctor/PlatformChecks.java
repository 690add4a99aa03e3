package org.ascend4j.cli.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ascend4j.distributed.HcclSettings;
import org.ascend4j.distributed.HostAddresses;

/** Checks what the platform passed to this process: ModelArts' variables, the settings of distributed runs, and unused cards. */
final class PlatformChecks {
    private static final Pattern MODELARTS =
            Pattern.compile("(VC|MA)_.*|CURRENT_IMAGE_NAME|FLVOR|DLS_.*|data_url|train_url");
    private static final Pattern DISTRIBUTED = Pattern.compile(
            "P?2?P?_?HCCL_.*|RANK_TABLE_FILE|RANK|LOCAL_RANK|WORLD_SIZE|LOCAL_WORLD_SIZE|MASTER_(ADDR|PORT)|[A-Z]+_SOCKET_IFNAME");
    private static final Pattern SECRET = Pattern.compile(".*(TOKEN|SECRET|PASSW|KEY|CREDENTIAL|_AK|_SK).*");
    private static final long SHORTEST_TIMEOUT = 300;

    /** The default of the option --timeout of train. */
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final Subject subject;

    PlatformChecks(Subject subject) {
        this.subject = subject;
    }

    List<Check> all() {
        Check modelArts = new Check("ModelArts", () -> shown(MODELARTS, "not in ModelArts"));
        Check hccl = new Check("HCCL", this::hccl);
        return subject.isNpu() ? List.of(modelArts, hccl) : List.of(modelArts, new Check("NPUs", this::unusedCards));
    }

    private Finding shown(Pattern names, String otherwise) {
        Map<String, String> variables = new TreeMap<>(subject.host().environment());
        variables.keySet().removeIf(name -> !names.matcher(name).matches());
        return Finding.info(
                variables.isEmpty()
                        ? otherwise
                        : variables.entrySet().stream()
                                .map(entry -> entry.getKey() + "="
                                        + (SECRET.matcher(entry.getKey()).matches() ? "(hidden)" : entry.getValue()))
                                .collect(Collectors.joining("\n")));
    }

    private Finding hccl() {
        Finding settings = Finding.info(shown(DISTRIBUTED, "no settings").found() + "\n" + defaults());
        String table = subject.host().variable("RANK_TABLE_FILE");
        if (!table.isEmpty() && !Files.isReadable(Path.of(table))) {
            return Finding.warning(settings.found(), "RANK_TABLE_FILE names no readable file: unset or correct it");
        }
        String chosen = subject.host().variable("HCCL_SOCKET_IFNAME");
        List<String> interfaces = HostAddresses.interfaces();
        if (!chosen.isEmpty() && !HcclSettings.leaves(chosen, interfaces)) {
            return Finding.warning(
                    settings.found(),
                    "HCCL_SOCKET_IFNAME names none of this host's interfaces " + interfaces
                            + ": set it to the one that leads to the other hosts, such as =eth0");
        }
        String timeout = subject.host().variable("HCCL_CONNECT_TIMEOUT");
        if (timeout.matches("\\d{1,9}") && Long.parseLong(timeout) < SHORTEST_TIMEOUT) {
            return Finding.warning(
                    settings.found(),
                    "set HCCL_CONNECT_TIMEOUT to " + SHORTEST_TIMEOUT + " s or more: ranks start late");
        }
        return settings;
    }

    /** Returns the settings that runs with several ranks make themselves. */
    private String defaults() {
        return "several NPUs use "
                + HcclSettings.defaults(TIMEOUT, "").entrySet().stream()
                        .filter(entry -> subject.host().variable(entry.getKey()).isEmpty())
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(" "));
    }

    /** Checks for unused cards, the most common reason for an NPU utilisation of 0. */
    private Finding unusedCards() {
        int cards = new DriverChecks(subject.host(), 0).cards().size();
        return cards == 0
                ? Finding.info("none on this machine")
                : Finding.warning(
                        cards + " on this machine, unused by --device " + subject.spec(),
                        "ascend4j doctor --device npu, and train with --device npu");
    }
}
