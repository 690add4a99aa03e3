package org.ascend4j.cli.doctor;

import java.util.ArrayList;
import java.util.List;

/** The checks of a device, in the order of the chain. */
public final class Checks {
    private Checks() {}

    /** Returns all checks, the device's own last. */
    public static List<Check> of(Subject subject) {
        List<Check> checks = new ArrayList<>(beforeStart(subject));
        checks.addAll(new DeviceChecks(subject).all());
        return checks;
    }

    /** Returns the checks that can be made without starting the device. */
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
