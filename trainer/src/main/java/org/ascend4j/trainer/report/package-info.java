/** What a run tells: console, {@code metrics.jsonl}, {@code run.json}, the confusion matrix. */
package org.ascend4j.trainer.report;
