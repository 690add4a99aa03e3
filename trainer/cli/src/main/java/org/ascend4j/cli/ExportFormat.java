package org.ascend4j.cli;

import java.nio.file.Path;
import java.util.Locale;

/** The files that {@code export} writes. */
enum ExportFormat {
    ONNX(".onnx"),
    SAFETENSORS(".safetensors"),
    PT(".pt"),
    TORCHSCRIPT(".torchscript"),
    OM(".om");

    private final String ending;

    ExportFormat(String ending) {
        this.ending = ending;
    }

    /** Returns the file beside a checkpoint that is written where none is named. */
    Path beside(Path checkpoint) {
        String name = checkpoint.getFileName().toString().replaceFirst("\\.ckpt$", "");
        return checkpoint.resolveSibling(name + ending);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
