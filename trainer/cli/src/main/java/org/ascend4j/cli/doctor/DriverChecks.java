package org.ascend4j.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Checks the NPU's driver and device files, which must be passed into a container, and the cards visible to this process. */
final class DriverChecks {
    static final String VISIBLE = "visible NPUs";

    private static final String DRIVER = "/usr/local/Ascend/driver";
    private static final List<String> SHARED = List.of("/dev/davinci_manager", "/dev/devmm_svm", "/dev/hisi_hdc");

    private final Host host;
    private final int index;

    DriverChecks(Host host, int index) {
        this.host = host;
        this.index = index;
    }

    List<Check> all() {
        return List.of(
                new Check("driver", this::driver),
                new Check("driver library", this::library),
                new Check("device files", this::files),
                new Check(VISIBLE, this::visible));
    }

    private Finding driver() {
        Path folder = host.path(DRIVER);
        if (!Files.isDirectory(folder)) {
            return Finding.absent(
                    "no " + DRIVER,
                    "mount the driver: docker run -v " + DRIVER + ":" + DRIVER + " ... (on the host: install it)");
        }
        try (Stream<String> lines = Files.lines(folder.resolve("version.info"))) {
            return Finding.ok(lines.filter(line -> line.startsWith("Version="))
                            .findFirst()
                            .map(line -> line.substring(line.indexOf('=') + 1))
                            .orElse("of unknown version")
                    + " in " + DRIVER);
        } catch (IOException e) {
            return Finding.ok("of unknown version in " + DRIVER);
        }
    }

    private Finding library() {
        String name = "libascend_hal.so";
        List<String> path = List.of(host.variable("LD_LIBRARY_PATH").split(":"));
        for (String folder : path) {
            if (!folder.isEmpty() && Files.exists(Path.of(folder, name))) {
                return Finding.ok(Path.of(folder, name).toString());
            }
        }
        for (String folder : List.of(DRIVER + "/lib64/driver", DRIVER + "/lib64", DRIVER + "/lib64/common")) {
            if (Files.exists(host.path(folder).resolve(name))) {
                return Finding.warning(
                        folder + "/" + name + " is not on LD_LIBRARY_PATH",
                        "export LD_LIBRARY_PATH=" + DRIVER + "/lib64/driver:" + DRIVER + "/lib64/common:" + DRIVER
                                + "/lib64:$LD_LIBRARY_PATH");
            }
        }
        return Finding.absent("no " + name, "mount " + DRIVER + " and add its lib64/driver to LD_LIBRARY_PATH");
    }

    private Finding files() {
        List<Path> cards = cards();
        List<Path> files = new ArrayList<>(cards);
        List<String> missing = new ArrayList<>();
        if (cards.isEmpty()) {
            missing.add("/dev/davinci*");
        }
        for (String file : SHARED) {
            if (Files.exists(host.path(file))) {
                files.add(host.path(file));
            } else {
                missing.add(file);
            }
        }
        for (Path file : files) {
            if (!host.mayUse(file)) {
                return Finding.failed(
                        file + " may not be opened: " + owner(file),
                        "add the user to the group of the file (HwHiAiUser: docker run --group-add), or run as its"
                                + " owner's uid");
            }
        }
        String found = files.isEmpty() ? "" : String.join(", ", names(files));
        return missing.isEmpty()
                ? Finding.ok(found)
                : Finding.absent(
                        "no " + String.join(", ", missing) + (found.isEmpty() ? "" : "; there are " + found),
                        "give them to the container: docker run --device=/dev/davinci" + index
                                + " --device=/dev/davinci_manager --device=/dev/devmm_svm --device=/dev/hisi_hdc ...");
    }

    /** Returns the device files of this machine's NPUs, {@code /dev/davinci0} and so on. */
    List<Path> cards() {
        try (Stream<Path> files = Files.list(host.path("/dev"))) {
            return files.filter(file -> file.getFileName().toString().matches("davinci\\d+"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static List<String> names(List<Path> files) {
        return files.stream().map(file -> file.getFileName().toString()).toList();
    }

    private static String owner(Path file) {
        try {
            PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
            return attributes.owner().getName() + ":" + attributes.group().getName() + " "
                    + PosixFilePermissions.toString(attributes.permissions());
        } catch (IOException | UnsupportedOperationException e) {
            return "owner unknown";
        }
    }

    private Finding visible() {
        String value = host.variable("ASCEND_RT_VISIBLE_DEVICES");
        if (value.isEmpty()) {
            return Finding.info("ASCEND_RT_VISIBLE_DEVICES is unset: all");
        }
        String found = "ASCEND_RT_VISIBLE_DEVICES=" + value;
        if (!value.matches("\\d{1,4}(,\\d{1,4})*")) {
            return Finding.failed(
                    found + " is no list of numbers", "write numbers with commas and no spaces, such as 0,1,2");
        }
        int[] cards = Stream.of(value.split(",")).mapToInt(Integer::parseInt).toArray();
        for (int i = 1; i < cards.length; i++) {
            if (cards[i] <= cards[i - 1]) {
                return Finding.failed(found + " does not ascend", "write each card once, in ascending order");
            }
        }
        return index < cards.length
                ? Finding.ok(found + ": npu:0 to npu:" + (cards.length - 1) + " in this process")
                : Finding.failed(
                        found + " leaves no npu:" + index,
                        "count from 0 within the list: --device npu:0 is card " + cards[0]);
    }
}
