package org.ascend4j.cli;

import org.ascend4j.runtime.TorchRuntime;
import picocli.CommandLine.IVersionProvider;

/** The versions that {@code --version} prints. */
final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "Ascend4J " + version() + " (JavaCPP presets for PyTorch " + TorchRuntime.PRESETS_VERSION + ")"
        };
    }

    /** Returns Ascend4J's version; {@code development} when it runs from class folders. */
    static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
