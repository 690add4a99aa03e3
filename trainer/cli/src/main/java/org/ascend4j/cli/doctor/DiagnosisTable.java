package org.ascend4j.cli.doctor;

import java.io.PrintWriter;
import java.util.Optional;

/** Prints results for people: one line for each result as it arrives, and advice at the end. */
public final class DiagnosisTable {
    private final PrintWriter out;

    /** Prints to {@code out}. */
    public DiagnosisTable(PrintWriter out) {
        this.out = out;
    }

    /** Prints one result. */
    public void row(Row row) {
        Finding finding = row.finding();
        String[] lines = finding.found().split("\n");
        out.printf("%-20s %-9s %s%n", row.name(), finding.status().label(), lines[0]);
        for (int i = 1; i < lines.length; i++) {
            out.printf("%-30s %s%n", "", lines[i]);
        }
        if (finding.status() == Status.WARNING && !finding.remedy().isEmpty()) {
            out.printf("%-30s -> %s%n", "", finding.remedy());
        }
        out.flush();
    }

    /** Prints the verdict. */
    public void verdict(String device, Diagnosis diagnosis) {
        out.println();
        Optional<Row> problem = diagnosis.firstProblem();
        if (problem.isEmpty()) {
            out.println(device + " works."
                    + (diagnosis.hasAbsences()
                            ? " What is absent above is not needed: a simulated or remote device?"
                            : ""));
        } else {
            out.println("Problem: " + problem.get().name() + ": "
                    + problem.get().finding().found().lines().findFirst().orElse(""));
            diagnosis
                    .firstFailure()
                    .filter(failure -> !failure.equals(problem.get()))
                    .ifPresent(failure -> out.println("Shows as: " + failure.name() + ": "
                            + failure.finding().found()));
            if (!problem.get().finding().remedy().isEmpty()) {
                out.println("Do this: " + problem.get().finding().remedy());
            }
        }
        out.flush();
    }
}
