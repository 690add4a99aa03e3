package org.ascend4j.nativelib.support;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

final class RequiresCondition implements ExecutionCondition {
    /** Evaluates the annotation of one element: JUnit calls this for the class and for each of its methods. */
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Prerequisite[] needed = AnnotationSupport.findAnnotation(context.getElement(), Requires.class)
                .map(Requires::value)
                .orElse(new Prerequisite[0]);
        for (Prerequisite prerequisite : needed) {
            Optional<String> missing = prerequisite.missing();
            if (missing.isPresent()) {
                return skip(context, prerequisite, missing.get());
            }
        }
        return ConditionEvaluationResult.enabled("");
    }

    private static ConditionEvaluationResult skip(ExtensionContext context, Prerequisite prerequisite, String reason) {
        if (prerequisite.isRequired()) {
            throw new IllegalStateException(reason);
        }
        String method =
                context.getTestMethod().map(test -> "." + test.getName()).orElse("");
        System.out.println("skipped " + context.getRequiredTestClass().getSimpleName() + method + ": " + reason);
        return ConditionEvaluationResult.disabled(reason);
    }
}
