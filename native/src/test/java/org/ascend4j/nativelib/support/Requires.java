package org.ascend4j.nativelib.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Skips a test or a test class if a prerequisite is missing, with a one-line reason; with {@code ASCEND4J_REQUIRE_}NAME=1, such as ASCEND4J_REQUIRE_NATIVE=1,
 * it fails instead.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresCondition.class)
public @interface Requires {
    /** The prerequisites of the test. */
    Prerequisite[] value();
}
