package org.ascend4j.cli.doctor;

/**
 * A check with its result.
 *
 * @param name what was looked at
 * @param finding what was found
 */
public record Row(String name, Finding finding) {}
