package org.ascend4j.nativelib;

import org.ascend4j.Ascend4jException;

/** Prints, in a separate process, whether NativeLibrary is available. */
final class LoadScenario {
    private LoadScenario() {}

    public static void main(String[] arguments) {
        System.out.println("available " + NativeLibrary.isAvailable());
        NativeLibrary.missing().ifPresent(sentence -> System.out.println("missing " + sentence));
        for (int attempt = 0; attempt < 2; attempt++) {
            try {
                NativeLibrary.load();
            } catch (Ascend4jException e) {
                System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
            }
        }
    }
}
