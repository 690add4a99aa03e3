package org.ascend4j.trainer.tune;

/**
 * One round of the search, in which all trials get the same budget.
 *
 * @param trials the number of trials
 * @param images the training images that each trial sees, counted again in each epoch
 * @since 0.1.0
 */
public record Rung(int trials, long images) {}
