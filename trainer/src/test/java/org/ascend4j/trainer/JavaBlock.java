package org.ascend4j.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A block of Java in a document or a package page.
 *
 * <p>A comment before the block, {@code <!-- java: Layer net, Tensor images -->}, declares the variables that the block uses.
 *
 * @param variables the declarations; may be empty
 * @param text the block
 */
record JavaBlock(String variables, String text) {
    private static final String VARIABLES = "(?:<!-- java: ([^>]*?) -->\\s*)?";
    private static final Pattern FENCED = Pattern.compile(VARIABLES + "```java\n(.*?)\n```", Pattern.DOTALL);
    private static final Pattern JAVADOC = Pattern.compile(VARIABLES + "<pre>\\{@code\n(.*?)\n}</pre>", Pattern.DOTALL);
    private static final Pattern TYPE =
            Pattern.compile("^(?:public )?(?:final |abstract )*(?:class|record|interface) (\\w+)", Pattern.MULTILINE);
    private static final Pattern IMPORT = Pattern.compile("^import .*;\n", Pattern.MULTILINE);

    /** Returns the blocks of a Markdown file or a {@code package-info.java}. */
    static List<JavaBlock> in(Path file) throws IOException {
        String text = Files.readString(file);
        boolean javadoc = file.toString().endsWith(".java");
        if (javadoc) {
            text = text.replaceAll("(?m)^ \\* ?", "");
        }
        List<JavaBlock> blocks = new ArrayList<>();
        Matcher found = (javadoc ? JAVADOC : FENCED).matcher(text);
        while (found.find()) {
            blocks.add(new JavaBlock(found.group(1) == null ? "" : found.group(1), found.group(2) + "\n"));
        }
        return blocks;
    }

    /** Returns the name of the type that the block declares, or {@code other}. */
    String typeName(String other) {
        Matcher type = TYPE.matcher(text);
        return type.find() ? type.group(1) : other;
    }

    /**
     * Returns a compilation unit: of a type as it is, with the imports that it shows; of a member or statements in a class of this name with these imports.
     */
    String source(String packageName, String className, List<String> imports) {
        String header = "package " + packageName + ";\n";
        if (TYPE.matcher(text).find()) {
            return header + text;
        }
        String shown =
                IMPORT.matcher(text).results().map(result -> result.group()).collect(Collectors.joining());
        String code = IMPORT.matcher(text).replaceAll("");
        String body =
                code.startsWith("private ") ? code : "void run(" + variables + ") throws Exception {\n" + code + "}\n";
        return header + shown
                + imports.stream().map(name -> "import " + name + ";\n").collect(Collectors.joining()) + "class "
                + className + " {\n" + body + "}\n";
    }
}
