package org.ascend4j.cli.doctor;

import java.util.ArrayList;
import java.util.List;

/** The checks of a device, in the order of their dependencies. */
public final class Checks {
    private Checks() {}

    /** Returns all checks; those of the device itself come last. */
    public static List<Check> of(Subject subject) {
        List<Check> checks = new ArrayList<>(beforeStart(subject));
        checks.addAll(new DeviceChecks(subject).all());
        return checks;
    }

    /** Returns the checks that do not need a started device. */
    public static List<Check> beforeStart(Subject subject) {
        List<Check> checks = new ArrayList<>();
        checks.addAll(new SystemChecks(subject).all());
        checks.addAll(new LibraryChecks(subject).all());
        if (subject.isNpu()) {
            checks.addAll(new CannChecks(subject).all());
            checks.addAll(new DriverChecks(subject.host(), subject.spec().index()).all());
        }
        checks.addAll(new PlatformChecks(subject).all());
        return checks;
    }
}
