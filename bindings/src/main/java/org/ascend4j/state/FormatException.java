package org.ascend4j.state;

/** A safetensors file that breaks the format; the message says what was expected and found. */
final class FormatException extends Exception {
    FormatException(String message) {
        super(message);
    }
}
