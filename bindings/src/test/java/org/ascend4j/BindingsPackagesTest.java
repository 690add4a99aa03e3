package org.ascend4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The permitted dependencies between the packages of {@code bindings}, as in ARCHITECTURE.md. */
class BindingsPackagesTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("org.ascend4j");

    @Test
    void packagesFormNoCycle() {
        ArchRule rule = slices().matching("org.ascend4j.(**)").should().beFreeOfCycles();
        rule.check(CLASSES);
    }

    @Test
    void bindingsUseNoModuleAboveThem() {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("org.ascend4j..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.ascend4j.trainer..", "org.ascend4j.cli..");
        rule.check(CLASSES);
    }

    @Test
    void theGeneratedMappingIsUsedByNativeOnly() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackage("org.ascend4j.nativelib..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.ascend4j.nativelib.jni..");
        rule.check(CLASSES);
    }

    @Test
    void onnxAloneNeedsProtobuf() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackage("org.ascend4j.export.onnx..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.ascend4j.export.onnx..", "ai.onnx.proto..", "com.google.protobuf..");
        rule.check(CLASSES);
    }
}
