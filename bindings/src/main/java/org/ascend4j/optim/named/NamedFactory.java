package org.ascend4j.optim.named;

import java.util.List;

/**
 * A factory that the user selects by its name, the {@code type} in a recipe's section.
 *
 * @since 0.1.0
 */
public interface NamedFactory {
    /** Returns the name, in lower case with underscores. */
    String name();

    /** Returns the supported settings, except {@code type}. */
    List<Setting> settings();
}
