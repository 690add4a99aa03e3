/** What the owner of a real card runs for us: checks of results, memory and speed, written to one report. */
package org.ascend4j.cli.certify;
