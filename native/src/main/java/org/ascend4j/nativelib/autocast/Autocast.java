package org.ascend4j.nativelib.autocast;

import org.ascend4j.nativelib.NativeLibrary;
import org.ascend4j.nativelib.jni.Ascend4jNative;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A region in which torch chooses each operator's precision, as {@code torch.autocast} does.
 *
 * <p>The state belongs to the calling thread: open and close a region on the same thread, in a try-with-resources statement; regions may be nested. Closing
 * restores the previous state. See <a href="https://docs.pytorch.org/docs/2.7/amp.html">torch.amp</a> for the precision of each operator.
 */
public final class Autocast implements AutoCloseable {
    private final int device;
    private final boolean enabledBefore;
    private final int dtypeBefore;
    private boolean closed;

    private Autocast(DeviceType device, boolean enabled, ScalarType dtype) {
        NativeLibrary.load();
        this.device = device.value;
        enabledBefore = Ascend4jNative.autocast_enabled(this.device);
        dtypeBefore = Ascend4jNative.autocast_dtype(this.device);
        // The call that may be rejected comes first, so that a rejection changes nothing.
        Ascend4jNative.set_autocast_dtype(this.device, dtype.value);
        Ascend4jNative.set_autocast_enabled(this.device, enabled);
        Ascend4jNative.autocast_enter();
    }

    /**
     * Opens a region of mixed precision.
     *
     * @param device the kind of device whose operators are affected; PrivateUse1 is npu
     * @param dtype Half or BFloat16
     */
    public static Autocast enable(DeviceType device, ScalarType dtype) {
        return new Autocast(device, true, dtype);
    }

    /** Opens a region of full precision inside one of mixed precision. */
    public static Autocast disable(DeviceType device) {
        return new Autocast(device, false, dtype(device));
    }

    /** Returns whether the calling thread is in a region of mixed precision. */
    public static boolean isEnabled(DeviceType device) {
        NativeLibrary.load();
        return Ascend4jNative.autocast_enabled(device.value);
    }

    /** Returns the lower precision that is in use, or would be used in a region. */
    public static ScalarType dtype(DeviceType device) {
        NativeLibrary.load();
        int value = Ascend4jNative.autocast_dtype(device.value);
        for (ScalarType type : ScalarType.values()) {
            if (type.value == value) {
                return type;
            }
        }
        throw new IllegalStateException("torch has a scalar type " + value + " that the presets do not define");
    }

    /** Returns whether weights cast in a region are cached until the outermost region ends. */
    public static boolean isCacheEnabled() {
        NativeLibrary.load();
        return Ascend4jNative.autocast_cache_enabled();
    }

    /** Sets whether weights cast in a region are cached until the outermost region ends. */
    public static void setCacheEnabled(boolean enabled) {
        NativeLibrary.load();
        Ascend4jNative.set_autocast_cache_enabled(enabled);
    }

    /** Clears the cached casts, for example after the weights changed within a region. */
    public static void clearCache() {
        NativeLibrary.load();
        Ascend4jNative.clear_autocast_cache();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        // As in torch.autocast.__exit__, the cached casts end with the outermost region.
        if (Ascend4jNative.autocast_exit() == 0) {
            Ascend4jNative.clear_autocast_cache();
        }
        Ascend4jNative.set_autocast_enabled(device, enabledBefore);
        Ascend4jNative.set_autocast_dtype(device, dtypeBefore);
    }
}
