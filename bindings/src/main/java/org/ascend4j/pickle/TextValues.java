package org.ascend4j.pickle;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;

/** Values in the text form of protocol 0: one line each. */
final class TextValues {
    private static final int MOST_DIGITS = 40;

    private TextValues() {}

    /** Returns the number in a line of INT or LONG; {@code 00} and {@code 01} are booleans. */
    static Object integer(String line) {
        if (line.equals("00") || line.equals("01")) {
            return line.equals("01");
        }
        String digits = line.endsWith("L") ? line.substring(0, line.length() - 1) : line;
        if (digits.length() > MOST_DIGITS || !digits.matches("-?\\d+")) {
            throw damaged();
        }
        return narrow(new BigInteger(digits));
    }

    /** Returns an integer as a Long if it fits into 64 bits. */
    static Number narrow(BigInteger integer) {
        return integer.bitLength() < Long.SIZE ? (Number) integer.longValue() : integer;
    }

    static double real(String line) {
        try {
            if (line.length() <= MOST_DIGITS) {
                return Double.parseDouble(line);
            }
        } catch (NumberFormatException e) {
            throw damaged();
        }
        throw damaged();
    }

    static long index(String line) {
        if (!line.matches("\\d{1,18}")) {
            throw damaged();
        }
        return Long.parseLong(line);
    }

    /** Returns the bytes that Python 2 wrote with {@code repr}. */
    static byte[] bytes(String line) {
        int end = line.length() - 1;
        if (end < 1 || line.charAt(0) != line.charAt(end) || (line.charAt(0) != '\'' && line.charAt(0) != '"')) {
            throw damaged();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int at = 1; at < end; at++) {
            char character = line.charAt(at);
            if (character != '\\') {
                bytes.write(character);
                continue;
            }
            at++;
            switch (at < end ? line.charAt(at) : ' ') {
                case 'n' -> bytes.write('\n');
                case 'r' -> bytes.write('\r');
                case 't' -> bytes.write('\t');
                case '\\', '\'', '"' -> bytes.write(line.charAt(at));
                case 'x' -> {
                    bytes.write(hexadecimal(line, at + 1, 2));
                    at += 2;
                }
                default -> throw damaged();
            }
        }
        return bytes.toByteArray();
    }

    /** Returns the text in a line of Python's raw-unicode-escape encoding. */
    static String text(String line) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < line.length(); at++) {
            char next = at + 1 < line.length() ? line.charAt(at + 1) : ' ';
            if (line.charAt(at) == '\\' && (next == 'u' || next == 'U')) {
                int digits = next == 'u' ? 4 : 8;
                int character = hexadecimal(line, at + 2, digits);
                if (!Character.isValidCodePoint(character)) {
                    throw damaged();
                }
                text.appendCodePoint(character);
                at += 1 + digits;
            } else {
                text.append(line.charAt(at));
            }
        }
        return text.toString();
    }

    private static int hexadecimal(String line, int from, int digits) {
        if (from + digits > line.length()
                || !line.substring(from, from + digits).matches("[0-9a-fA-F]+")) {
            throw damaged();
        }
        return Integer.parseUnsignedInt(line.substring(from, from + digits), 16);
    }

    private static PickleException damaged() {
        return new PickleException("it is damaged: a line holds something else than its value");
    }
}
