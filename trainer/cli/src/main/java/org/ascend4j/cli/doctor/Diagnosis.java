package org.ascend4j.cli.doctor;

import java.util.List;
import java.util.Optional;

/**
 * The results of all checks, in order.
 *
 * @param rows the results
 */
public record Diagnosis(List<Row> rows) {
    /** Copies the list. */
    public Diagnosis {
        rows = List.copyOf(rows);
    }

    /** Returns whether no check found an obstacle to the use of the device. */
    public boolean isHealthy() {
        return rows.stream().noneMatch(row -> row.finding().status() == Status.FAILED);
    }

    /**
     * Returns the problem to solve first. This is the first failure; but if the device does not start and an earlier
     * absence may explain it, this is the first absence.
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

    /** Returns whether a check found something absent that real hardware needs. */
    public boolean hasAbsences() {
        return first(Status.ABSENT).isPresent();
    }

    private Optional<Row> first(Status status) {
        return rows.stream().filter(row -> row.finding().status() == status).findFirst();
    }
}
