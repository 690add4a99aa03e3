package org.ascend4j.pickle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.support.fuzz.ByteMutator;
import org.ascend4j.nativelib.support.fuzz.Fuzz;
import org.ascend4j.nativelib.support.fuzz.FuzzReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests pickles as Python's {@code pickle.dumps} writes them, and handwritten hostile ones. */
class UnpicklerTest {
    private static final String OPCODES =
            "(..0JKMNNNR)))]]]]}}}aabdelsst\205\206\207\210\221\217\220\224\224qhhq\0\0\1\1\2";

    private static final PickleContext PLAIN = new PickleContext() {
        @Override
        public Object global(String module, String name) {
            return NumpyValues.find(module, name).orElseThrow(() -> PickleException.unknown(module, name));
        }
    };

    private static Object read(String latin1) throws IOException {
        byte[] bytes = latin1.getBytes(ISO_8859_1);
        return Unpickler.read(new PickleInput(new ByteArrayInputStream(bytes), bytes.length), PLAIN);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void readsPlainValuesOfEveryProtocol(int protocol) throws IOException {
        byte[] bytes = resource("protocol" + protocol);
        PickledDict dict =
                (PickledDict) Unpickler.read(new PickleInput(new ByteArrayInputStream(bytes), bytes.length), PLAIN);
        assertThat(dict.entries().keySet()).containsExactly("a", "b", "\u00fc", 3L);
        assertThat(((PickledList) dict.get("a")).items())
                .containsExactly(1L, -2L, 300L, 1L << 40, -(1L << 40), BigInteger.TWO.pow(70));
        assertThat(((PickledList) dict.get("b")).items()).containsExactly(null, true, 0.5, "line\nand \\ \u732b");
        Object bytesOrText = dict.get("\u00fc");
        assertThat(bytesOrText instanceof byte[] raw ? new String(raw, ISO_8859_1) : bytesOrText)
                .isEqualTo("x\u00ff");
    }

    private static byte[] resource(String name) throws IOException {
        return bytes("/golden/pickle/" + name + ".pickle");
    }

    private static byte[] seed(String name) throws IOException {
        return bytes("/fuzz/pickle/" + name);
    }

    private static byte[] bytes(String path) throws IOException {
        try (InputStream in = UnpicklerTest.class.getResourceAsStream(path)) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "]q\\0h\\0a. | it holds a value that may contain itself",
                "]q\\0](h\\0eh\\0](h\\0ea. | it holds a value that may contain itself",
                "}q\\0U\\1ah\\0s. | it holds a value that may contain itself",
                "}]Ns. | it holds a dict with a list as a key",
                "}X\\377\\377\\377\\177 | it ends early, or a length in it is wrong",
                "U\\5abc. | it ends early, or a length in it is wrong",
                "\\216\\377\\377\\377\\377\\377\\377\\377\\377. | it ends early, or a length in it is wrong",
                "\\212\\21aaaaaaaaaaaaaaaaa. | it holds an integer of 17 bytes",
                "K. | it ends early, or a length in it is wrong",
                "a. | it is damaged: a value is missing",
                "(. | it is damaged: a value is missing",
                "h\\1. | it refers to the value 1, which it does not hold",
                "\\200\\6N. | it is of protocol 6, newer than 5",
                "cposix\\nsystem\\n. | it holds posix.system",
                "ca\\033[31m\\nb\\n. | it holds a\\u001b[31m.b",
                "N)R. | it holds None in place of a function",
                "i. | it holds objects (opcode 105)",
                "X\\1\\0\\0\\0\\377. | it holds text that is not UTF-8",
                "}(K\\1NK\\1Nu. | it holds the key 1 twice",
            })
    void saysWhatItFound(String pickle, String message) {
        String bytes = pickle.translateEscapes();
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(PickleException.class)
                .hasMessage(message);
    }

    @Test
    void depthIsBounded() throws IOException {
        assertThat(read("]".repeat(64) + "a".repeat(63) + ".")).isInstanceOf(PickledList.class);
        assertThatThrownBy(() -> read("]".repeat(65) + "a".repeat(64) + "."))
                .hasMessage("it holds values that are nested more than 64 deep");
    }

    @Test
    void stepsAreBounded() {
        assertThatThrownBy(() -> read("N0".repeat(1 << 20) + "."))
                .isInstanceOf(PickleException.class)
                .hasMessage("it holds more than 2097152 values");
    }

    /** Values that share others, 2 to the 60 when counted individually, need no more memory than their text. */
    @Test
    void sharedValuesAreNotFollowed() throws IOException {
        StringBuilder pickle = new StringBuilder("]q\0");
        for (int i = 1; i < 60; i++) {
            pickle.append("](h")
                    .append((char) (i - 1))
                    .append("h")
                    .append((char) (i - 1))
                    .append("eq")
                    .append((char) i);
        }
        Object root = read(pickle + ".");
        assertThat(root).isInstanceOf(PickledList.class).isEqualTo(root);
        assertThat(root.hashCode()).isEqualTo(System.identityHashCode(root));
    }

    /** Every pickle gives either values or a PickleException. */
    @Test
    void fuzz() throws IOException {
        byte[][] sound = new byte[6][];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = resource("protocol" + i);
        }
        FuzzReport report = Fuzz.ofBytes("pickle", UnpicklerTest::readOrRefuse)
                .regressions(List.of(seed("binunicode_2GiB"), seed("deep_key")))
                .from(ByteMutator.of(sound))
                .from(random -> {
                    byte[] opcodes = new byte[random.nextInt(40)];
                    for (int i = 0; i < opcodes.length; i++) {
                        opcodes[i] = (byte) OPCODES.charAt(random.nextInt(OPCODES.length()));
                    }
                    return opcodes;
                })
                .run();
        assertThat(report.refused()).isGreaterThan(report.inputs() / 10);
        assertThat(report.accepted()).isGreaterThan(report.inputs() / 50);
    }

    private static void readOrRefuse(byte[] input) throws IOException {
        try {
            Unpickler.read(new PickleInput(new ByteArrayInputStream(input), input.length), PLAIN);
        } catch (PickleException e) {
            throw new Ascend4jException(e.getMessage(), e);
        }
    }
}
