package org.ascend4j.trainer.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Formats a {@link ModelSummary} as an indented table with totals below.
 *
 * @since 0.1.0
 */
public final class SummaryTable {
    private static final double MIB = 1 << 20;

    private SummaryTable() {}

    /** Returns the table; layers deeper than {@code depth} are included in those above them. */
    public static String format(ModelSummary summary, int depth) {
        List<ModelSummary.Row> rows =
                summary.layers().stream().filter(row -> row.depth() <= depth).toList();
        List<String[]> cells = new ArrayList<>();
        cells.add(new String[] {"Layer", "Type", "Output", "Parameters", "Mult-adds"});
        rows.forEach(row -> cells.add(new String[] {
            "  ".repeat(row.depth()) + row.name(),
            row.type(),
            row.output().isEmpty() ? "training only" : row.output().toString(),
            count(row.parameters()),
            count(row.multiplyAdds())
        }));
        int[] widths = widths(cells);
        StringBuilder text = new StringBuilder();
        String rule = "-".repeat(widths[0] + widths[1] + widths[2] + widths[3] + widths[4] + 8) + "\n";
        for (String[] line : cells) {
            String form = "%-" + widths[0] + "s  %-" + widths[1] + "s  %-" + widths[2] + "s  %" + widths[3] + "s  %"
                    + widths[4] + "s%n";
            text.append(String.format(Locale.ROOT, form, (Object[]) line));
            if (line == cells.get(0)) {
                text.append(rule);
            }
        }
        return text.append(rule).append(totals(summary)).toString();
    }

    private static String totals(ModelSummary summary) {
        ModelSummary.Totals totals = summary.totals();
        return String.format(
                Locale.ROOT,
                "Input               %s, %.2f MiB%n"
                        + "Parameters          %,d (%,d trainable)%n"
                        + "Parameters, buffers %.2f MiB%n"
                        + "Multiply-adds       %,d (%.2f M per image)%n"
                        + "Activations         %.2f MiB forward",
                summary.input(),
                totals.inputBytes() / MIB,
                totals.parameters(),
                totals.trainableParameters(),
                totals.stateBytes() / MIB,
                totals.multiplyAdds(),
                totals.multiplyAdds() / 1e6 / summary.input().get(0),
                totals.activationBytes() / MIB);
    }

    private static String count(long value) {
        return value == 0 ? "-" : String.format(Locale.ROOT, "%,d", value);
    }

    private static int[] widths(List<String[]> cells) {
        int[] widths = new int[cells.get(0).length];
        for (String[] line : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line[i].length());
            }
        }
        return widths;
    }
}
