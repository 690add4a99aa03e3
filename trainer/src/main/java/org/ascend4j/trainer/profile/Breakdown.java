package org.ascend4j.trainer.profile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.ascend4j.nativelib.profile.OperatorRecording.Run;

/** The time of recorded steps by phase and by operator, summed over threads. The time of an operator excludes the operators that it calls. */
final class Breakdown {
    private static final int OPERATORS = 12;

    private final Map<String, Long> phases = new LinkedHashMap<>();
    private final Map<String, Long> operators = new TreeMap<>();
    private final int steps;

    Breakdown(List<Run> runs, int steps) {
        this.steps = steps;
        Map<Long, List<Run>> threads = new TreeMap<>();
        for (Run run : runs) {
            if (run.range()) {
                phases.merge(run.name(), run.end() - run.begin(), Long::sum);
            } else {
                threads.computeIfAbsent(run.thread(), thread -> new ArrayList<>())
                        .add(run);
            }
        }
        threads.values().forEach(this::addSelfTimes);
    }

    private void addSelfTimes(List<Run> runs) {
        List<Run> byBegin = new ArrayList<>(runs);
        byBegin.sort(Comparator.comparingLong(Run::begin)
                .thenComparing(Comparator.comparingLong(Run::end).reversed()));
        Deque<Run> open = new ArrayDeque<>();
        for (Run run : byBegin) {
            while (!open.isEmpty() && open.peek().end() <= run.begin()) {
                open.pop();
            }
            long duration = run.end() - run.begin();
            operators.merge(run.name(), duration, Long::sum);
            if (!open.isEmpty()) {
                operators.merge(open.peek().name(), -duration, Long::sum);
            }
            open.push(run);
        }
    }

    Map<String, Long> phases() {
        return phases;
    }

    Map<String, Long> operators() {
        return operators;
    }

    /** Returns a table in milliseconds per step. */
    String table() {
        StringBuilder table = new StringBuilder("ms a step, summed over threads\n");
        phases.forEach((name, nanoseconds) -> append(table, name, nanoseconds));
        table.append("of which by operator, without those that it calls\n");
        operators.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(OPERATORS)
                .forEach(entry -> append(table, entry.getKey(), entry.getValue()));
        return table.toString();
    }

    private void append(StringBuilder table, String name, long nanoseconds) {
        table.append(String.format(Locale.ROOT, "  %-44s %9.3f%n", name, nanoseconds / 1e6 / steps));
    }
}
