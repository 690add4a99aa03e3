package org.ascend4j.nativelib;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The permitted dependencies between the packages of {@code native}, as in ARCHITECTURE.md. */
class NativePackagesTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("org.ascend4j.nativelib");

    @Test
    void packagesFormNoCycle() {
        ArchRule rule = slices().matching("org.ascend4j.(**)").should().beFreeOfCycles();
        rule.check(CLASSES);
    }

    @Test
    void nativeUsesNoModuleAboveIt() {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("org.ascend4j.nativelib..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.ascend4j.device..",
                        "org.ascend4j.runtime..",
                        "org.ascend4j.nn..",
                        "org.ascend4j.optim..",
                        "org.ascend4j.amp..",
                        "org.ascend4j.dispatch..",
                        "org.ascend4j.distributed..",
                        "org.ascend4j.state..",
                        "org.ascend4j.trainer..",
                        "org.ascend4j.cli..");
        rule.check(CLASSES);
    }
}
