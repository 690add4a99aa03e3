package org.ascend4j.nativelib.support;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

final class RequiresCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Class<?> test = context.getRequiredTestClass();
        Optional<String> missing = AnnotationSupport.findAnnotation(test, Requires.class)
                .flatMap(requires -> Arrays.stream(requires.value())
                        .flatMap(prerequisite -> prerequisite.missing().stream())
                        .findFirst());
        if (missing.isEmpty() || context.getTestMethod().isPresent()) {
            return ConditionEvaluationResult.enabled("");
        }
        if ("1".equals(System.getenv("ASCEND4J_REQUIRE_NATIVE"))) {
            throw new IllegalStateException(missing.get());
        }
        System.out.println("skipped " + test.getSimpleName() + ": " + missing.get());
        return ConditionEvaluationResult.disabled(missing.get());
    }
}
