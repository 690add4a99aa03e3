package org.ascend4j.cli.doctor;

/**
 * A check with its result.
 *
 * @param name the name of the check
 * @param finding its result
 */
public record Row(String name, Finding finding) {}
