/** The tests that the owner of a real card can run for this project: results, memory and speed, in one report. */
package org.ascend4j.cli.certify;
