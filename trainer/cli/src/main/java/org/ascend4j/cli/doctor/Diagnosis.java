package org.ascend4j.cli.doctor;

import java.util.List;
import java.util.Optional;

/**
 * The results of all checks, in their order.
 *
 * @param rows the results
 */
public record Diagnosis(List<Row> rows) {
    /** Keeps its own copy. */
    public Diagnosis {
        rows = List.copyOf(rows);
    }

    /** Returns whether nothing stands in the way of the device. */
    public boolean isHealthy() {
        return rows.stream().noneMatch(row -> row.finding().status() == Status.FAILED);
    }

    /**
     * Returns what to look at first: the first failure, or, where the device does not start for a reason that it may explain, the first thing found
     * absent before.
     */
    public Optional<Row> firstProblem() {
        Optional<Row> failure = first(Status.FAILED);
        if (failure.isPresent() && failure.get().finding().mayBeAbsence()) {
            return first(Status.ABSENT).or(() -> failure);
        }
        return failure;
    }

    /** Returns the first failure. */
    public Optional<Row> firstFailure() {
        return first(Status.FAILED);
    }

    /** Returns whether something that real hardware needs was not found. */
    public boolean hasAbsences() {
        return first(Status.ABSENT).isPresent();
    }

    private Optional<Row> first(Status status) {
        return rows.stream().filter(row -> row.finding().status() == status).findFirst();
    }
}
