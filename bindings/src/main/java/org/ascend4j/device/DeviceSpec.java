package org.ascend4j.device;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ascend4j.Ascend4jException;

/**
 * A device: {@code cpu}, {@code cuda[:i]} or {@code npu[:i]}.
 *
 * @param kind the kind of device
 * @param index the device's index on this host; 0 for cpu
 * @since 0.1.0
 */
public record DeviceSpec(Kind kind, int index) {
    private static final Pattern FORM = Pattern.compile("(cpu|cuda|npu)(?::(0|[1-9][0-9]{0,3}))?");

    /**
     * The kinds of device for which a back end exists.
     *
     * @since 0.1.0
     */
    public enum Kind {
        CPU,
        CUDA,
        NPU;

        /** Returns torch's name for the kind. */
        public String torchName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Parses torch's notation for devices. */
    public static DeviceSpec parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new Ascend4jException("device expects cpu, cuda, cuda:N, npu or npu:N, found '" + text + "'");
        }
        Kind kind = Kind.valueOf(form.group(1).toUpperCase(Locale.ROOT));
        int index = form.group(2) == null ? 0 : Integer.parseInt(form.group(2));
        if (kind == Kind.CPU && index != 0) {
            throw new Ascend4jException("device expects plain cpu, found '" + text + "'");
        }
        return new DeviceSpec(kind, index);
    }

    /** Returns the device in torch's notation: {@code cpu}, {@code cuda:0}, {@code npu:1}. */
    @Override
    public String toString() {
        return kind == Kind.CPU ? "cpu" : kind.torchName() + ":" + index;
    }
}
