package org.ascend4j.cli;

import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ascend4j.ShellWord;
import org.ascend4j.state.AtomicFile;
import org.ascend4j.trainer.checkpoint.CheckpointFolder;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.data.PngImage;
import org.ascend4j.trainer.progress.RunResult;
import org.ascend4j.trainer.report.RunFolder;

/**
 * The next things to do with a run's results, as commands to copy.
 *
 * @param output the run's folder
 * @param data the data set's name
 */
record NextSteps(Path output, String data) {
    /** Writes a test image for trying out the model to the run's folder, and prints the commands. */
    void print(RunResult result, ImageSet testImages, PrintStream out) {
        out.println("See it:  " + output.resolve(RunFolder.REPORT));
        Path best = output.resolve(CheckpointFolder.BEST);
        Path last = output.resolve(CheckpointFolder.LAST);
        if (PngImage.canShow(testImages.channels())) {
            Path checkpoint = Files.exists(best) ? best : last;
            out.println(
                    "Use it:  ./ascend4j predict --checkpoint " + quote(checkpoint) + " " + quote(sample(testImages)));
        }
        if (result.interrupted()) {
            out.println("Go on:   ./ascend4j train --resume " + quote(last));
        } else if (data.startsWith("shapes")) {
            out.println("Next:    ./ascend4j train --data cifar10");
        }
        out.println("Results are in " + output);
    }

    private Path sample(ImageSet images) {
        Path file = output.resolve(RunFolder.SAMPLE);
        byte[] png = PngImage.of(images.pixels(0, 1).array(), images.channels(), images.height(), images.width())
                .bytes();
        AtomicFile.write(file, channel -> channel.write(ByteBuffer.wrap(png)));
        return file;
    }

    private static String quote(Path path) {
        return ShellWord.quote(path.toString());
    }
}
