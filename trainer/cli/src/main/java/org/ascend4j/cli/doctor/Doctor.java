package org.ascend4j.cli.doctor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.ascend4j.Ascend4jException;

/** Runs checks in order and skips those whose prerequisites have failed. */
public final class Doctor {
    private Doctor() {}

    /** Runs all checks; {@code watcher} receives each result immediately, because a later check may take long or end the process. */
    public static Diagnosis examine(List<Check> checks, Consumer<Row> watcher) {
        List<Row> rows = new ArrayList<>();
        Set<String> broken = new HashSet<>();
        for (Check check : checks) {
            Finding finding = check.needs().stream()
                    .filter(broken::contains)
                    .findFirst()
                    .map(need -> new Finding(Status.NOT_TRIED, "needs: " + need, "", false))
                    .orElseGet(() -> look(check));
            if (!finding.status().carries()) {
                broken.add(check.name());
            }
            Row row = new Row(check.name(), finding);
            rows.add(row);
            watcher.accept(row);
        }
        return new Diagnosis(rows);
    }

    private static Finding look(Check check) {
        try {
            return check.look().get();
        } catch (Ascend4jException e) {
            return Finding.failed(e);
        }
    }
}
