package org.ascend4j.trainer.tensorboard;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.ascend4j.trainer.data.PngImage;

/**
 * TensorBoard's messages ({@code event.proto}, {@code summary.proto}) in protobuf's wire format. They use fifteen
 * fields, whose numbers never change.
 */
final class EventMessages {
    private static final String VERSION = "brain.Event:2";
    private static final int SESSION_START = 1;
    private static final int COLOUR = 3;

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private EventMessages() {}

    /** Returns the first event of a file. */
    static byte[] version(double time) {
        return event(time, 0, out -> out.writeString(3, VERSION));
    }

    /** Returns an event that makes TensorBoard discard the events of a step and of all later ones, which are about to be written again. */
    static byte[] sessionStart(double time, long step) {
        byte[] session = message(out -> out.writeEnum(1, SESSION_START));
        return event(time, step, out -> out.writeByteArray(7, session));
    }

    static byte[] scalar(double time, long step, String tag, double value) {
        return summary(time, step, tag, out -> out.writeFloat(2, (float) value));
    }

    static byte[] image(double time, long step, String tag, PngImage image) {
        byte[] content = message(out -> {
            out.writeInt32(1, image.height());
            out.writeInt32(2, image.width());
            out.writeInt32(3, COLOUR);
            out.writeByteArray(4, image.bytes());
        });
        return summary(time, step, tag, out -> out.writeByteArray(4, content));
    }

    static byte[] histogram(double time, long step, String tag, Histogram histogram) {
        byte[] content = message(out -> {
            out.writeDouble(1, histogram.min());
            out.writeDouble(2, histogram.max());
            out.writeDouble(3, histogram.count());
            out.writeDouble(4, histogram.sum());
            out.writeDouble(5, histogram.sumOfSquares());
            out.writeByteArray(6, packed(histogram.limits()));
            out.writeByteArray(7, packed(histogram.counts()));
        });
        return summary(time, step, tag, out -> out.writeByteArray(5, content));
    }

    private static byte[] packed(double[] values) {
        return message(out -> {
            for (double value : values) {
                out.writeDoubleNoTag(value);
            }
        });
    }

    private static byte[] summary(double time, long step, String tag, Fields content) {
        byte[] value = message(out -> {
            out.writeString(1, tag);
            content.write(out);
        });
        byte[] summary = message(out -> out.writeByteArray(1, value));
        return event(time, step, out -> out.writeByteArray(5, summary));
    }

    private static byte[] event(double time, long step, Fields what) {
        return message(out -> {
            out.writeDouble(1, time);
            if (step > 0) {
                out.writeInt64(2, step);
            }
            what.write(out);
        });
    }

    private static byte[] message(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
