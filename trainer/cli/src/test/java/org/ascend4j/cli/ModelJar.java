package org.ascend4j.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Makes a jar with a user's model, compiled from source outside this project. */
final class ModelJar {
    /** The source of a small network: a convolution of {@code width} maps, an average, a linear layer. */
    private static final String SOURCE =
            """
            import com.fasterxml.jackson.databind.node.*;
            import org.ascend4j.nn.*;
            import org.ascend4j.trainer.model.*;
            import org.bytedeco.pytorch.Tensor;
            import org.bytedeco.pytorch.global.torch;

            public final class TYPE extends ImageClassifier {
                private final int channels;
                private final int outputs;
                private final int width;
                private final Sequential body;

                TYPE(int channels, int outputs, int width) {
                    super("SmallCnn");
                    this.channels = channels;
                    this.outputs = outputs;
                    this.width = width;
                    body = child("body", new Sequential(
                            new Conv2d(channels, width, 3, 2, 1, true),
                            new ReLU(true),
                            new AdaptiveAvgPool2d(1),
                            new Flatten(),
                            new Linear(width, outputs)));
                }

                @Override protected Tensor compute(Tensor images) { return body.forward(images); }
                @Override public String modelName() { return "NAME"; }
                @Override public ObjectNode modelSettings() { return settings(width); }
                @Override public int outputs() { return outputs; }
                @Override public ImageClassifier emptyCopy() { return new TYPE(channels, outputs, width); }

                static ObjectNode settings(int width) {
                    return JsonNodeFactory.instance.objectNode().put("width", width);
                }

                public static final class Factory implements ModelFactory {
                    @Override public String name() { return "NAME"; }
                    @Override public String description() { return "A small network."; }
                    @Override public ObjectNode defaults() { return settings(8); }
                    @Override public ImageClassifier create(int channels, int outputs, ObjectNode settings) {
                        int width = settings.get("width").asInt();
                        if (width < 1) {
                            throw new IllegalArgumentException("width expects 1 or more, found " + width);
                        }
                        return new TYPE(channels, outputs, width);
                    }
                }
            }
            """;

    private ModelJar() {}

    /** Writes {@code FOLDER/TYPE.jar} with a class of that name whose factory makes the model {@code name}. */
    static Path write(Path folder, String type, String name) throws IOException {
        return write(folder, type, name, SOURCE);
    }

    private static Path write(Path folder, String type, String name, String text) throws IOException {
        Path classes = compile(folder, type, name, text);
        Path jar = folder.resolve(type + ".jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> files = Files.list(classes)) {
            for (Path path : files.toList()) {
                add(out, path.getFileName().toString(), Files.readAllBytes(path));
            }
            add(
                    out,
                    "META-INF/services/org.ascend4j.trainer.model.ModelFactory",
                    (type + "$Factory\n").getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    /** Writes a jar whose model {@code name} has {@code after} instead of {@code before} in its source. */
    static Path changed(Path folder, String type, String name, String before, String after) throws IOException {
        if (!SOURCE.contains(before)) {
            throw new IllegalArgumentException("the model's source has no " + before);
        }
        return write(folder, type, name, SOURCE.replace(before, after));
    }

    /** Writes a jar whose classes have the version number of a future Java. */
    static Path ofTheFuture(Path folder, String type, String name) throws IOException {
        Path jar = write(folder, type, name);
        Path classes = folder.resolve(type + "-classes");
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve("org.ascend4j.trainer.model.ModelFactory"), type + "$Factory\n");
        Path factory = classes.resolve(type + "$Factory.class");
        byte[] bytes = Files.readAllBytes(factory);
        bytes[7] = (byte) 200;
        Files.write(factory, bytes);
        Files.delete(jar);
        return classes;
    }

    private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
        out.closeEntry();
    }

    private static Path compile(Path folder, String type, String name, String text) throws IOException {
        Path source = folder.resolve(type + ".java");
        Files.writeString(source, text.replace("TYPE", type).replace("NAME", name));
        Path classes = Files.createDirectories(folder.resolve(type + "-classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> arguments = List.of(
                "--release",
                "17",
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString());
        boolean done = compiler.getTask(
                        null,
                        null,
                        null,
                        arguments,
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
                .call();
        if (!done) {
            throw new AssertionError("the model does not compile: " + source);
        }
        return classes;
    }
}
