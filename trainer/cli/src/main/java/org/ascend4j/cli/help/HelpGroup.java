package org.ascend4j.cli.help;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Field;
import picocli.CommandLine.Model.OptionSpec;

/** The groups of options in help, in order. */
public enum HelpGroup {
    /** The few options that most calls need. */
    FIRST("Most used"),

    /** Which images to use, and how to read them. */
    DATA("Data"),

    /** Which network to use. */
    NETWORK("Network"),

    /** How the network learns. */
    TRAINING("Training"),

    /** Which device computes, and how. */
    DEVICE("Device"),

    /** Processes on one host or several. */
    PROCESSES("Several processes"),

    /** What to write and print. */
    OUTPUT("Output"),

    /** All options without a group. */
    OTHER("Other");

    /** Sets the group of an option, or of all options of a class; the annotation of an option takes precedence. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.FIELD})
    public @interface In {
        /** Returns the group. */
        HelpGroup value();
    }

    private final String heading;

    HelpGroup(String heading) {
        this.heading = heading;
    }

    /** Returns the heading above the options. */
    public String heading() {
        return heading;
    }

    /** Returns the group of an option. */
    public static HelpGroup of(OptionSpec option) {
        if (!(option.userObject() instanceof Field field)) {
            return OTHER;
        }
        In own = field.getAnnotation(In.class);
        In ofClass = field.getDeclaringClass().getAnnotation(In.class);
        if (own != null) {
            return own.value();
        }
        return ofClass == null ? OTHER : ofClass.value();
    }
}
