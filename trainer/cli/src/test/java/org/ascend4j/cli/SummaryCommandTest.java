package org.ascend4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SummaryCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void printsTheWalkThroughText000sNetwork() {
        assertThat(run("--model", "googlenet-fashion", "--depth", "1")).isZero();
        assertThat(out.toString())
                .isEqualToNormalizingNewlines(
                        """
                        Layer      Type        Output            Parameters      Mult-adds
                        ------------------------------------------------------------------
                        GoogLeNet  GoogLeNet   [1, 10]            5,977,530  1,502,982,144
                          stage1   Sequential  [1, 64, 56, 56]        3,200     39,337,984
                          stage2   Sequential  [1, 192, 28, 28]     114,944    359,661,568
                          stage3   Sequential  [1, 480, 14, 14]     552,432    432,316,416
                          stage4   Sequential  [1, 832, 7, 7]     2,809,168    549,878,784
                          stage5   Sequential  [1, 1024]          2,487,536    121,777,152
                          dropout  Dropout     [1, 1024]                  -              -
                          fc       Linear      [1, 10]               10,250         10,240
                        ------------------------------------------------------------------
                        Input               [1, 1, 224, 224], 0.19 MiB
                        Parameters          5,977,530 (5,977,530 trainable)
                        Parameters, buffers 22.80 MiB
                        Multiply-adds       1,502,982,144 (1502.98 M per image)
                        Activations         22.43 MiB forward
                        """);
    }

    @Test
    void optionsChangeTheNetwork() throws IOException {
        int code = run(
                "--json --input 2x1x32x32 --classes 5 --stem cifar --batch-norm --lrn --aux --dropout 0.2".split(" "));
        assertThat(code).isZero();
        JsonNode summary = new ObjectMapper().readTree(out.toString());
        assertThat(summary.get("layers").findValuesAsText("name")).contains("0_bn", "aux1", "aux2", "dropout");
        assertThat(summary.get("layers").findValuesAsText("type"))
                .contains("Conv2d 3x3/1", "LocalResponseNorm", "BatchNorm2d")
                .doesNotContain("Conv2d 7x7/2");
        assertThat(summary.at("/layers/0/output").toString()).isEqualTo("[2,5]");
        assertThat(summary.at("/layers/2/type").asText()).isEqualTo("Conv2d 3x3/1");
        assertThat(summary.at("/layers/2/parameters").asInt()).isEqualTo(64 * 9);
    }

    @Test
    void printsTheNetworkOfACheckpoint(@TempDir Path folder) throws IOException {
        String[] train =
                ("train --data shapes:8,4 --recipe article --batch-size 8 --max-lr 0.001 --max-steps 1 --no-eval --quiet"
                                + " --threads 1 --stem cifar --batch-norm --resize 48 --output")
                        .split(" ");
        List<String> words = new ArrayList<>(List.of(train));
        words.add(folder.toString());
        assertThat(Main.execute(words.toArray(String[]::new))).isZero();
        String last = folder.resolve("last.ckpt").toString();
        assertThat(run("--json", "--checkpoint", last)).isZero();
        String saved = out.toString();
        out.getBuffer().setLength(0);
        assertThat(run("--json --input 1x3x48x48 --stem cifar --batch-norm".split(" ")))
                .isZero();
        assertThat(new ObjectMapper().readTree(saved)).isEqualTo(new ObjectMapper().readTree(out.toString()));
        assertThat(run("--checkpoint", last, "--stem", "cifar")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("--checkpoint has a network of its own, found [model.stem] beside it; leave one away");
    }

    @Test
    void anUnknownModelIsWrongUsage() {
        assertThat(run("--model", "resnet")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("Invalid value for option '--model': model expects one of googlenet, "
                        + "googlenet-fashion, googlenet-torchvision, found 'resnet'");
    }

    @Test
    void aMalformedShapeIsWrongUsage() {
        assertThat(run("--input", "3x32x32")).isEqualTo(2);
        assertThat(err.toString()).contains("expected four positive numbers such as 1x3x32x32, found '3x32x32'");
    }

    private int run(String... arguments) {
        return new CommandLine(new SummaryCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
