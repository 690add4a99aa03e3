/**
 * The files that describe a run, {@code metrics.jsonl}, {@code run.json} and {@code evaluation.json}, and the page that shows them.
 *
 * <pre>{@code
 * ReportPage.write(Path.of("comparison.html"), List.of(RunFolder.of(Path.of("runs/first")), RunFolder.of(Path.of("runs/second"))));
 * }</pre>
 */
package org.ascend4j.trainer.report;
