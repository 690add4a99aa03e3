package org.ascend4j.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import org.ascend4j.nativelib.support.fuzz.ByteMutator;
import org.ascend4j.nativelib.support.fuzz.Fuzz;
import org.ascend4j.nativelib.support.fuzz.FuzzReport;
import org.junit.jupiter.api.Test;

/** Tests pickles of CIFAR's Python version, intact and damaged. */
class CifarPickleFuzzTest {
    private static final int STRUCTURE = 256;

    private static byte[] golden(String kind) {
        return GoldenBytes.of(CifarPickleFuzzTest.class, "batch-" + kind + ".pickle");
    }

    private static CifarPickle read(byte[] bytes) {
        return CifarPickle.read("batch", bytes.length, new ByteArrayInputStream(bytes));
    }

    @Test
    void readsBothKindsOfLabelsOfCifar100() {
        CifarPickle pickle = read(golden("cifar100"));
        assertThat(pickle.labels("fine_labels", 2)).containsExactly(99, 0);
        assertThat(pickle.labels("coarse_labels", 2)).containsExactly(19, 0);
        assertThat(pickle.names("filenames")).containsExactly("a", "b");
        byte[] pixels = pickle.pixels(2);
        assertThat(pixels).hasSize(2 * 3072);
        assertThat(pixels[3072 + 5]).isEqualTo((byte) (7 + 3 * 5));
    }

    @Test
    void fuzz() {
        byte[][] sound = {golden("python2"), golden("protocol2"), golden("protocol4"), golden("protocol5")};
        ByteMutator mutator = new ByteMutator(List.of(sound));
        FuzzReport report = Fuzz.ofBytes("cifar-pickle", input -> {
                    CifarPickle pickle = read(input);
                    pickle.pixels(2);
                    pickle.labels("labels", 2);
                })
                .from(random -> {
                    // The beginning and the end contain the structure; the bytes between them are pixels.
                    byte[] whole = sound[random.nextInt(sound.length)];
                    boolean front = random.nextBoolean();
                    byte[] begin = Arrays.copyOf(whole, STRUCTURE);
                    byte[] rest = Arrays.copyOfRange(whole, STRUCTURE, whole.length);
                    byte[] first = front ? mutator.mutate(begin, random) : begin;
                    byte[] second = front ? rest : mutator.mutate(rest, random);
                    byte[] all = Arrays.copyOf(first, first.length + second.length);
                    System.arraycopy(second, 0, all, first.length, second.length);
                    return all;
                })
                .from(ByteMutator.of(sound))
                .run();
        assertThat(report.refused()).isGreaterThan(report.inputs() / 10);
        assertThat(report.accepted()).isGreaterThan(report.inputs() / 50);
    }
}
