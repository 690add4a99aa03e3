package org.ascend4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.ascend4j.state.StateFiles;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests {@code export}, {@code convert} and {@code predict --model-file} from the user's side, in this process. */
@Tag("slow")
@Requires(Prerequisite.NATIVE)
class ExportCommandTest {
    @TempDir
    private static Path run;

    @TempDir
    private Path folder;

    private String out;
    private String err;

    @BeforeAll
    static void train() {
        assertThat(Main.execute(
                        ("train --recipe ascend --data shapes:24,8 --batch-size 8 --epochs 1 --max-steps 2 --threads 1"
                                        + " --quiet --no-eval --stem cifar --output " + run.resolve("run"))
                                .split(" ")))
                .isZero();
    }

    private static Path checkpoint() {
        return run.resolve("run").resolve("last.ckpt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"beside", "inside", "inside-unit"})
    void anExportedModelAnswersAsItsCheckpoint(String preprocessing) throws IOException {
        Path onnx = folder.resolve("model.onnx");
        assertThat(run("export --checkpoint " + checkpoint() + " --output " + onnx + " --preprocessing "
                        + preprocessing))
                .as(err)
                .isZero();
        assertThat(out)
                .contains(onnx + ": googlenet from input (Nx3x32x32 "
                        + (preprocessing.equals("inside") ? "bytes" : "floats") + ") to logits (Nx10), opset 13")
                .contains("For Ascend, where CANN is: atc --framework=5 --model=" + onnx)
                .contains("--input_shape=input:1,3,32,32 --soc_version=Ascend910B4");
        assertThat(folder.resolve("model.aipp.cfg").toFile().exists()).isEqualTo(preprocessing.equals("beside"));
        String image = picture().toString();
        List<JsonNode> expected =
                candidates("predict --json --top 10 --threads 1 --checkpoint " + checkpoint() + " " + image);
        List<JsonNode> found = candidates("predict --json --top 10 --threads 1 --model-file " + onnx + " " + image);
        for (int i = 0; i < 10; i++) {
            assertThat(found.get(i).get("name")).isEqualTo(expected.get(i).get("name"));
            assertThat(found.get(i).get("probability").asDouble())
                    .isCloseTo(expected.get(i).get("probability").asDouble(), Offset.offset(1e-5));
        }
    }

    private List<JsonNode> candidates(String command) throws IOException {
        assertThat(run(command)).as(err).isZero();
        return List.copyOf(new ObjectMapper().readTree(out).get("candidates").findParents("name"));
    }

    private Path picture() throws IOException {
        BufferedImage image = new BufferedImage(50, 40, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.ORANGE);
        graphics.fillOval(10, 5, 25, 30);
        graphics.dispose();
        Path file = folder.resolve("image.png");
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    @Test
    void severalBatchesAndAnotherChipAreInTheCommand() throws IOException {
        Path onnx = folder.resolve("a model.onnx");
        assertThat(Main.execute(
                        "export",
                        "--checkpoint",
                        checkpoint().toString(),
                        "--output",
                        onnx.toString(),
                        "--batch",
                        "1,8,32",
                        "--soc-version",
                        "Ascend310P3"))
                .isZero();
        assertThat(Files.readString(folder.resolve("a model.aipp.cfg")))
                .contains(
                        "input_format: RGB888_U8",
                        "src_image_size_w: 32",
                        "min_chn_0: 125.307",
                        "var_reci_chn_2: 0.019510");
        assertThat(run("export --checkpoint " + checkpoint() + " --output " + folder.resolve("m.onnx")
                        + " --batch 1,8 --soc-version Ascend310P3 --no-aipp"))
                .isZero();
        assertThat(out)
                .contains("--input_shape=input:-1,3,32,32 --soc_version=Ascend310P3 --dynamic_batch_size=1,8")
                .doesNotContain("insert_op_conf");
    }

    @ParameterizedTest
    @CsvSource({"pt, safetensors", "safetensors, pt"})
    void weightsAreWrittenAndConverted(String format, String other) {
        Path weights = folder.resolve("weights." + format);
        assertThat(run("export --format " + format + " --checkpoint " + checkpoint() + " --output " + weights))
                .as(err)
                .isZero();
        Path converted = folder.resolve("converted." + other);
        assertThat(run("convert " + weights + " " + converted + " --names fashion"))
                .as(err)
                .isZero();
        Path back = folder.resolve("back." + format);
        assertThat(run("convert " + converted + " " + back + " --names ascend"))
                .as(err)
                .isZero();
        assertThat(run("convert " + weights + " " + converted + " --names text-000"))
                .as("the former name, " + err)
                .isZero();
        try (PointerScope scope = new PointerScope()) {
            assertThat(names(converted))
                    .contains("inception_3a.branch2_1.weight", "fc.bias")
                    .hasSize(names(weights).size());
            assertThat(names(back)).isEqualTo(names(weights)).contains("stage3.0.p2_1.weight");
            StateFiles.read(weights).entries().forEach((name, tensor) -> assertThat(
                            tensor.equal(StateFiles.read(back).get(name)))
                    .as(name)
                    .isTrue());
        }
    }

    private static Set<String> names(Path file) {
        return StateFiles.read(file).entries().keySet();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "export --format tiff --checkpoint CKPT|2|expected one of [ONNX, SAFETENSORS, PT, TORCHSCRIPT, OM]",
                "export --checkpoint CKPT --opset 17|2|--opset expects at most 13, found 17",
                "export --checkpoint CKPT --format pt --fold-batch-norm|2|--fold-batch-norm expects --format onnx or"
                        + " om, found pt",
                "export|2|Missing required option: '--checkpoint=FILE'",
                "export --checkpoint no.ckpt|1|cannot read no.ckpt: there is no no.ckpt",
                "export --checkpoint CUT --output OUT/m.onnx|1|cut.ckpt is damaged: expected SHA-256 ",
                "export --checkpoint CKPT --output OUT|1|--output expects a file, found the folder ",
                "export --checkpoint CKPT --output CKPT|1|--output expects another file than the checkpoint",
                "export --checkpoint CKPT --output OUT/no/m.onnx|1|cannot write ",
                "export --checkpoint CKPT --format torchscript --output OUT/no/m|1|cannot write ",
                "export --checkpoint CKPT --output OUT/m.onnx --batch 0|1|ATC expects 1 to 100 batches of 1 to 2048"
                        + " images, found [0]",
                "export --checkpoint CKPT --output OUT/m.om --format om|1|--format om expects CANN's atc on PATH,"
                        + " found none",
                "predict a.png|2|expected --checkpoint or --model-file, found neither",
                "predict --checkpoint x --model-file y a.png|2|expected --checkpoint or --model-file, found both",
                "predict --model-file CKPT a.png|1|expects an ONNX model, found: ",
                "predict --model-file no.onnx a.png|1|cannot read no.onnx",
                "convert CKPT OUT/x.pt --names ascend|1|names of ascend expect the weights of that network, found"
                        + " none that is its stage1.0.weight",
                "convert CKPT OUT/x.xyz|1|a state file expects the ending",
                "convert CKPT OUT/x.pt --names caffe|2|--names expects one of as-they-are, ascend, fashion,"
                        + " torchvision, found 'caffe'",
                "convert CKPT OUT|1|OUT expects a file, found the folder",
            })
    void problemsAreOneSentence(String command, int code, String sentence) throws IOException {
        Path cut = folder.resolve("cut.ckpt");
        byte[] bytes = Files.readAllBytes(checkpoint());
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
        String words = command.replace("CKPT", checkpoint().toString())
                .replace("CUT", cut.toString())
                .replace("OUT", folder.toString());
        assertThat(run(words)).isEqualTo(code);
        assertThat(err).startsWith("ascend4j: ").contains(sentence).doesNotContain("\tat ");
        assertThat(code == 2 || err.lines().count() == 1).as(err).isTrue();
    }

    private int run(String arguments) {
        PrintStream systemOut = System.out;
        PrintStream systemErr = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
        try {
            return Main.execute(arguments.split(" "));
        } finally {
            System.setOut(systemOut);
            System.setErr(systemErr);
            out = outBytes.toString(StandardCharsets.UTF_8);
            err = errBytes.toString(StandardCharsets.UTF_8);
        }
    }
}
