package org.ascend4j.trainer.export;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.ascend4j.state.AtomicFile;

/**
 * The configuration of AIPP, which normalises images in Ascend hardware. The model then takes bytes, {@code N x height x width x channels}.
 *
 * @since 0.1.0
 */
public final class Aipp {
    private Aipp() {}

    /** Returns the configuration for a model exported without preprocessing. */
    public static String configuration(ModelCard card) {
        StringBuilder text = new StringBuilder("aipp_op {\n");
        line(text, "aipp_mode", "static");
        line(text, "related_input_rank", "0");
        line(text, "input_format", card.channels() == 1 ? "YUV400_U8" : "RGB888_U8");
        line(text, "csc_switch", "false");
        line(text, "rbuv_swap_switch", "false");
        line(text, "src_image_size_w", String.valueOf(card.inputWidth()));
        line(text, "src_image_size_h", String.valueOf(card.inputHeight()));
        for (int i = 0; i < card.channels(); i++) {
            // The integer mean_chn stays 0; min_chn holds the whole mean including its fraction.
            line(text, "mean_chn_" + i, "0");
            line(text, "min_chn_" + i, number(255 * card.mean().get(i)));
            line(text, "var_reci_chn_" + i, number(1 / (255 * card.std().get(i))));
        }
        return text.append("}\n").toString();
    }

    /** Writes the configuration atomically. */
    public static void write(Path file, ModelCard card) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(configuration(card));
        AtomicFile.write(file, channel -> {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append("  ").append(key).append(": ").append(value).append('\n');
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.9g", value);
    }
}
