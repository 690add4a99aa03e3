package org.ascend4j.state;

/** A safetensors file violates the format; the message describes what was expected and found. */
final class FormatException extends Exception {
    FormatException(String message) {
        super(message);
    }
}
