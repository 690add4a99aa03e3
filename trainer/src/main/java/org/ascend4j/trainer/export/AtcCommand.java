package org.ascend4j.trainer.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.ascend4j.Ascend4jException;
import org.ascend4j.ShellWord;

/**
 * The command line of CANN's ATC that converts an exported ONNX model to an {@code .om} file, according to ATC's guide
 * for CANN 8 and 9.
 *
 * @param card the description of the model
 * @param onnx the ONNX file
 * @param aipp the file with the configuration of the preprocessing ({@link Aipp}), or null
 * @param socVersion the chip, such as {@code Ascend910B4}
 * @param batches the batch size, or the 2 to 100 batch sizes from which a program can choose
 * @since 0.1.0
 */
public record AtcCommand(ModelCard card, Path onnx, Path aipp, String socVersion, List<Integer> batches) {
    private static final int ONNX = 5;
    private static final int MOST_BATCHES = 100;
    private static final int LARGEST_BATCH = 2048;

    /** Checks the batch sizes. */
    public AtcCommand {
        if (batches.isEmpty()
                || batches.size() > MOST_BATCHES
                || batches.stream().anyMatch(batch -> batch < 1 || batch > LARGEST_BATCH)) {
            throw new Ascend4jException("ATC expects 1 to " + MOST_BATCHES + " batches of 1 to " + LARGEST_BATCH
                    + " images, found " + batches);
        }
    }

    /** Returns the file that ATC writes. */
    public Path om() {
        return onnx.resolveSibling(stem() + ".om");
    }

    private String stem() {
        return onnx.getFileName().toString().replaceFirst("\\.onnx$", "");
    }

    /** Returns the program and its arguments. */
    public List<String> words() {
        boolean dynamic = batches.size() > 1;
        String extents =
                Arrays.stream(card.modelInput()).mapToObj(Long::toString).collect(Collectors.joining(","));
        List<String> words = new ArrayList<>(List.of(
                "atc",
                "--framework=" + ONNX,
                "--model=" + onnx,
                "--output=" + onnx.resolveSibling(stem()),
                "--input_format=NCHW",
                "--input_shape=" + ExportableModel.INPUT + ":" + (dynamic ? -1 : batches.get(0)) + "," + extents,
                "--soc_version=" + socVersion));
        if (dynamic) {
            words.add("--dynamic_batch_size="
                    + batches.stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
        if (aipp != null) {
            words.add("--insert_op_conf=" + aipp);
        }
        return words;
    }

    /** Returns the command as a line for a shell. */
    public String line() {
        return words().stream().map(ShellWord::quote).collect(Collectors.joining(" "));
    }
}
