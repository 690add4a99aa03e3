package org.ascend4j.cli;

import java.nio.file.Path;
import java.util.Locale;

/** The file formats of {@code export}. */
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

    /** Returns the default output file, which is in the checkpoint's folder. */
    Path beside(Path checkpoint) {
        String name = checkpoint.getFileName().toString().replaceFirst("\\.ckpt$", "");
        return checkpoint.resolveSibling(name + ending);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
