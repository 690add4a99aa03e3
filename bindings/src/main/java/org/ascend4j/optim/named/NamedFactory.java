package org.ascend4j.optim.named;

import java.util.List;

/** Something that a user chooses by its name, the {@code type} of a recipe's section. */
public interface NamedFactory {
    /** Returns the name, in lower case with underscores. */
    String name();

    /** Returns the settings that it knows, {@code type} aside. */
    List<Setting> settings();
}
