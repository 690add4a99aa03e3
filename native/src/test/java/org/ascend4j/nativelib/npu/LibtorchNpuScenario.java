package org.ascend4j.nativelib.npu;

import java.nio.file.Path;

/** Starts, uses and ends LibtorchNpu in a separate process: {@code LIBRARY INDEX}. */
final class LibtorchNpuScenario {
    private LibtorchNpuScenario() {}

    public static void main(String[] arguments) {
        Path library = Path.of(arguments[0]);
        int device = Integer.parseInt(arguments[1]);
        attempt(() -> LibtorchNpu.start(library, device));
        attempt(LibtorchNpu::synchronize);
        attempt(() -> LibtorchNpu.start(library, device));
        attempt(LibtorchNpu::finish);
    }

    private static void attempt(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            System.out.println(e.getMessage());
        }
    }
}
