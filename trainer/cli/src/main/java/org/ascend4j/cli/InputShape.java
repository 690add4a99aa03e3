package org.ascend4j.cli;

import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The shape of a batch of images, written {@code NxCxHxW}. */
record InputShape(long batch, long channels, long height, long width) {
    long[] dimensions() {
        return new long[] {batch, channels, height, width};
    }

    static final class Converter implements ITypeConverter<InputShape> {
        @Override
        public InputShape convert(String text) {
            if (!text.matches("[1-9][0-9]{0,5}(x[1-9][0-9]{0,5}){3}")) {
                throw new TypeConversionException(
                        "expected four positive numbers such as 1x3x32x32, found '" + text + "'");
            }
            long[] sizes =
                    Arrays.stream(text.split("x")).mapToLong(Long::parseLong).toArray();
            return new InputShape(sizes[0], sizes[1], sizes[2], sizes[3]);
        }
    }
}
