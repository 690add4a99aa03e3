package org.ascend4j.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that the Java blocks of the documents and of the package pages compile. */
class JavaBlocksTest {
    private static final Path ROOT = Path.of("..");
    private static final List<String> OTHER_IMPORTS = List.of(
            "java.nio.file.Path",
            "java.time.Duration",
            "java.util.List",
            "java.util.Map",
            "com.fasterxml.jackson.databind.node.*",
            "org.bytedeco.javacpp.PointerScope",
            "org.bytedeco.pytorch.Tensor",
            "org.bytedeco.pytorch.global.torch");

    @TempDir
    private Path folder;

    @Test
    void documentsCompile() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(ROOT.resolve("README.md")));
        try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
        }
        assertThat(compile(documents)).isGreaterThanOrEqualTo(8);
    }

    @Test
    void packagePagesCompile() throws IOException {
        assertThat(compile(PublicTypes.packagePages())).isGreaterThanOrEqualTo(20);
    }

    /** Compiles the blocks of each file in a package of its own, so that they may use each other's types; returns their number. */
    private int compile(List<Path> files) throws IOException {
        List<String> imports = new ArrayList<>(OTHER_IMPORTS);
        for (Path page : PublicTypes.packagePages()) {
            if (!PublicTypes.isInternal(page)) {
                imports.add(PublicTypes.name(page.getParent()) + ".*");
            }
        }
        List<Path> sources = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            Path packageFolder = Files.createDirectories(folder.resolve("page" + i));
            for (JavaBlock block : JavaBlock.in(files.get(i))) {
                String name = block.typeName("Block" + sources.size());
                String source = "// " + files.get(i) + "\n" + block.source("page" + i, name, imports);
                sources.add(Files.writeString(packageFolder.resolve(name + ".java"), source));
            }
        }
        assertThat(errors(sources)).isEmpty();
        return sources.size();
    }

    private List<String> errors(List<Path> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        String classPath = System.getProperty("java.class.path");
        List<String> options = List.of("--release", "17", "-proc:none", "-cp", classPath, "-d", folder.toString());
        boolean done = compiler.getTask(
                        null,
                        null,
                        found,
                        options,
                        null,
                        compiler.getStandardFileManager(found, null, null).getJavaFileObjectsFromPaths(sources))
                .call();
        return done
                ? List.of()
                : found.getDiagnostics().stream().map(Object::toString).toList();
    }
}
