/** The output of a run: console, {@code metrics.jsonl}, {@code run.json}, the confusion matrix. */
package org.ascend4j.trainer.report;
