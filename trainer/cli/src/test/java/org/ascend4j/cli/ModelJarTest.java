package org.ascend4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a model from a user's jar, selected by name on the command line. */
@Tag("slow")
class ModelJarTest {
    private static final String TRAIN =
            "train --data shapes:48,8 --batch-size 16 --epochs 1 --threads 1 --model small-cnn --class-path ";

    @TempDir
    private Path folder;

    private Path jar;
    private String out;
    private String err;

    @BeforeEach
    void compile() throws IOException {
        jar = ModelJar.write(folder, "SmallCnn", "small-cnn");
    }

    @Test
    void itIsTrainedResumedEvaluatedPredictedAndSummarised() throws IOException {
        Path run = folder.resolve("run");
        assertThat(run(TRAIN + jar + " --set model.width=16 --max-steps 2 --output " + run))
                .as(err)
                .isZero();
        JsonNode model =
                new ObjectMapper().readTree(run.resolve("run.json").toFile()).at("/run/recipe/model");
        assertThat(model.get("kind").asText()).isEqualTo("small-cnn");
        assertThat(model.get("width").asInt()).isEqualTo(16);
        assertThat(model.has("stem")).isFalse();

        String checkpoint = " --threads 1 --checkpoint " + run.resolve("last.ckpt");
        assertThat(run("train --quiet --threads 1 --class-path " + jar + " --resume " + run.resolve("last.ckpt")))
                .as(err)
                .isZero();
        assertThat(out).startsWith("Done after 3 steps");
        assertThat(err).doesNotContain("WARN");
        assertThat(run("evaluate --class-path " + jar + checkpoint)).as(err).isZero();
        assertThat(out).startsWith("Accuracy ");
        Path png = folder.resolve("image.png");
        ImageIO.write(new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB), "png", png.toFile());
        assertThat(run("predict --top 10 --class-path " + jar + checkpoint + " " + png))
                .isZero();
        assertThat(out.lines()).hasSize(11);
        assertThat(run("summary --json --model small-cnn --set model.width=16 --class-path " + jar))
                .isZero();
        // The convolution has 3 * 3 * 3 * 16 + 16 parameters, the linear layer 16 * 10 + 10.
        assertThat(new ObjectMapper().readTree(out).at("/layers/0/parameters").asInt())
                .isEqualTo(448 + 170);

        String missing = "ascend4j: checkpoint " + run.resolve("last.ckpt")
                + " expects the model 'small-cnn' that it was written with, found no jar that has it; give its jar by"
                + " --class-path\n";
        assertThat(run("evaluate" + checkpoint)).isEqualTo(1);
        assertThat(err).isEqualTo(missing);
        assertThat(run("predict" + checkpoint + " " + png)).isEqualTo(1);
        assertThat(err).isEqualTo(missing);
    }

    @Test
    void itsSettingsAreChecked() {
        refused(
                1,
                TRAIN + jar + " --set model.depth=2",
                "model small-cnn has no setting 'depth'; expected one of width");
        refused(1, TRAIN + jar + " --stem cifar", "model small-cnn has no setting 'stem'; expected one of width");
        refused(
                1,
                TRAIN + jar + " --set model.width=big",
                "model.width expects a whole number such as 8, found \"big\"");
        refused(
                1,
                TRAIN + jar + " --set model.width=0 --output " + folder.resolve("refused"),
                "model small-cnn cannot be made with {\"width\":0}: width expects 1 or more, found 0");
    }

    @Test
    void whatIsWrongWithAJarIsOneSentence() throws IOException {
        refused(
                2,
                "summary --model small-cnn",
                "Invalid value for option '--model': model expects one of googlenet, googlenet-fashion,"
                        + " googlenet-torchvision, found 'small-cnn'");
        Path none = folder.resolve("none.jar");
        refused(1, TRAIN + none, "--class-path expects jars or folders of classes, found no " + none);
        Path text = Files.writeString(folder.resolve("text.jar"), "no jar");
        refused(1, TRAIN + text, "found " + text + ", which is no jar");
        Path second = ModelJar.write(folder, "Twin", "small-cnn");
        refused(
                1,
                TRAIN + jar + File.pathSeparator + second,
                "model small-cnn expects one jar that has it, found " + jar + " and " + second);
        Path future = ModelJar.ofTheFuture(folder, "Future", "future");
        refused(1, "summary --model future --class-path " + future, "its classes expect a newer Java, found ");
        Path services = Files.createDirectories(folder.resolve("empty/META-INF/services"));
        Files.writeString(services.resolve("org.ascend4j.trainer.model.ModelFactory"), "no.such.Factory\n");
        refused(
                1,
                "summary --model small-cnn --class-path " + folder.resolve("empty"),
                "the models on the class path cannot be loaded: ");
    }

    @Test
    void aRecipesSettingsOfGoogLeNetAreNotForAModelThatSharesAName() throws IOException {
        // The Ascend tutorial's recipe sets stem: imagenet.
        Path stem = ModelJar.changed(folder, "Stem", "small-cnn", "\"width\"", "\"stem\"");
        assertThat(run(train(stem) + " --recipe ascend")).as(err).isZero();
        JsonNode model = new ObjectMapper()
                .readTree(folder.resolve("run/run.json").toFile())
                .at("/run/recipe/model");
        assertThat(model.get("stem").asInt()).isEqualTo(8);
    }

    @Test
    void aModelThatDoesNotFitIsToldByItsLayer() throws IOException {
        Path wide = ModelJar.changed(folder, "Wide", "small-cnn", "new Linear(width,", "new Linear(width + 1,");
        refused(
                1,
                train(wide),
                "model small-cnn expects images that its layers can take, found 3 x 32 x 32, at which body.4 (Linear) fails"
                        + " (Wide.java:26): ");
        Path more = ModelJar.changed(folder, "More", "small-cnn", "new Linear(width, outputs)", "new Linear(width, 7)");
        refused(
                1,
                train(more),
                "model small-cnn expects to give 10 values for each image, found the shape [2, 7] for two images");
    }

    @Test
    void aModelThatFailsInTrainingIsToldByItsLine() throws IOException {
        String forward = "return body.forward(images);";
        Path thrown = ModelJar.changed(
                folder,
                "Thrown",
                "small-cnn",
                forward,
                "if (is_training()) { throw new IllegalStateException(\"not\\nyet\"); } " + forward);
        refused(1, train(thrown), "the model of --class-path fails in compute (Thrown.java:");
        refused(1, train(thrown), "): not; ASCEND4J_LOG=DEBUG shows its stack trace");
        Path refusing = ModelJar.changed(
                folder,
                "Refusing",
                "small-cnn",
                forward,
                "return is_training() ? torch.matmul(images, body.forward(images)) : body.forward(images);");
        refused(1, train(refusing), "the model of --class-path fails in compute (Refusing.java:");
        Path changed = ModelJar.changed(
                folder,
                "Changed",
                "small-cnn",
                forward,
                "Tensor values = torch.sigmoid(body.forward(images)); return values.add_(values);");
        refused(1, train(changed), "the backward pass expects tensors as the forward pass left them");
    }

    @Test
    void whatAModelForgetsIsToldBeforeItTrains() throws IOException {
        Path forgotten = ModelJar.changed(folder, "Forgotten", "small-cnn", "child(\"body\", new", "(new");
        refused(1, train(forgotten), "model small-cnn expects parameters, found none");
        Path first = ModelJar.changed(
                folder,
                "First",
                "small-cnn",
                "body.forward(images)",
                "body.forward(new Conv2d(3, 3, 1, 0).forward(images))");
        refused(1, train(first), "SmallCnn computes a Conv2d that is not below it (First.java:");
        Path empty = ModelJar.changed(folder, "Empty", "small-cnn", "return body.forward(images);", "return null;");
        refused(1, train(empty), "SmallCnn expects a tensor from compute, found null");
        Path closed = ModelJar.changed(
                folder,
                "Closed",
                "small-cnn",
                "return body.forward(images);",
                "Tensor x = torch.relu(images); x.close(); return body.forward(x);");
        refused(1, train(closed), "body (Sequential) was given a tensor that is closed");
        refused(1, train(jar) + " --set model.width=null", "setting model.width expects a value, found 'null'");
        Path silent = Files.createDirectories(folder.resolve("silent"));
        Path unsaid = ModelJar.changed(
                folder,
                "Unsaid",
                "small-cnn",
                "{ return settings(width); }",
                "{ return JsonNodeFactory.instance.objectNode(); }");
        refused(
                1,
                train(unsaid) + " --set model.width=16",
                "SmallCnn.modelSettings() lacks 'width', which its factory names");
        refused(
                2,
                "train --data shapes:48,8 --model small-cnn --class-path " + silent,
                "names no model: there is no META-INF/services/org.ascend4j.trainer.model.ModelFactory in it");
    }

    private String train(Path modelJar) {
        return TRAIN + modelJar + " --max-steps 1 --output " + folder.resolve("run");
    }

    private void refused(int code, String arguments, String sentence) {
        assertThat(run(arguments)).isEqualTo(code);
        // A late refusal comes after the progress lines of reading data.
        String refusal = err.substring(err.indexOf("ascend4j: "));
        assertThat(refusal).contains(sentence).doesNotContain("\tat ");
        assertThat(refusal.lines()).hasSize(code);
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
