package org.ascend4j.trainer.model;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.ascend4j.Ascend4jException;

/**
 * Jars or class folders whose models {@link Models} finds on this thread, and on threads started by it, until this is closed.
 *
 * @since 0.1.0
 */
public final class ModelPath implements AutoCloseable {
    /** The name of the class loader, which appears in stack traces. */
    public static final String LOADER = "models";

    private static final String SERVICE = "META-INF/services/" + ModelFactory.class.getName();

    private final ClassLoader before;
    private final URLClassLoader loader;

    private ModelPath(ClassLoader before, URLClassLoader loader) {
        this.before = before;
        this.loader = loader;
    }

    /** Opens a path; an empty path changes nothing. */
    public static ModelPath open(List<Path> entries) {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        URLClassLoader loader =
                new URLClassLoader(LOADER, entries.stream().map(ModelPath::url).toArray(URL[]::new), before);
        Thread.currentThread().setContextClassLoader(loader);
        return new ModelPath(before, loader);
    }

    /** Returns advice for the message about an unknown model name. */
    static String advice() {
        if (Thread.currentThread().getContextClassLoader() instanceof URLClassLoader open
                && LOADER.equals(open.getName())
                && open.getURLs().length > 0
                && open.findResource(SERVICE) == null) {
            return "--class-path " + paths(open) + " names no model: there is no " + SERVICE + " in it";
        }
        return "give the jar of another one by --class-path";
    }

    private static String paths(URLClassLoader open) {
        return Stream.of(open.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator));
    }

    private static URL url(Path entry) {
        if (!Files.isDirectory(entry)) {
            check(entry);
        }
        try {
            return entry.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("a path has no address: " + entry, e);
        }
    }

    private static void check(Path file) {
        if (!Files.exists(file)) {
            throw new Ascend4jException("--class-path expects jars or folders of classes, found no " + file);
        }
        try (ZipFile jar = new ZipFile(file.toFile())) {
            jar.size();
        } catch (IOException e) {
            throw new Ascend4jException(
                    "--class-path expects jars or folders of classes, found " + file + ", which is no jar", e);
        }
    }

    @Override
    public void close() {
        Thread.currentThread().setContextClassLoader(before);
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
