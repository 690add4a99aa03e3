package org.ascend4j.cli.help;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Field;
import picocli.CommandLine.Model.OptionSpec;

/** The groups under which help lists options, in their order. */
public enum HelpGroup {
    /** The few that most calls need. */
    FIRST("Most used"),

    /** Which images, and how they are read. */
    DATA("Data"),

    /** Which network. */
    NETWORK("Network"),

    /** How it learns. */
    TRAINING("Training"),

    /** Where it computes. */
    DEVICE("Device"),

    /** Ranks on one host or several. */
    PROCESSES("Several processes"),

    /** What is written and printed. */
    OUTPUT("Output"),

    /** Whatever belongs to no group. */
    OTHER("Other");

    /** Names the group of an option, or of all options of a class; the option's own wins. */
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

    /** Returns the line above the options. */
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
