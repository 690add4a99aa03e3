package org.ascend4j.trainer.progress;

/**
 * Why a run ended.
 *
 * @since 0.1.0
 */
public enum RunEnd {
    /** Its epochs or steps are done. */
    DONE,
    /** A signal or the program asked it to stop. */
    INTERRUPTED,
    /** As many epochs in a row as its patience allows have brought no better accuracy. */
    OUT_OF_PATIENCE
}
