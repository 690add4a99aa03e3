package org.ascend4j.trainer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** Tests that the dependencies between the packages of {@code trainer} match the arrows in ARCHITECTURE.md. */
class TrainerPackagesTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("org.ascend4j.trainer");

    @Test
    void packagesFormNoCycle() {
        ArchRule rule = slices().matching("org.ascend4j.(**)").should().beFreeOfCycles();
        rule.check(CLASSES);
    }

    @Test
    void theTrainerKnowsNoCommandLine() {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("org.ascend4j.trainer..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.ascend4j.cli..", "picocli..", "ch.qos.logback..", "me.tongfei.progressbar..");
        rule.check(CLASSES);
    }

    @Test
    void trainAloneUsesTheEngine() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackages("org.ascend4j.trainer.engine..", "org.ascend4j.trainer.train..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.ascend4j.trainer.engine..");
        rule.check(CLASSES);
    }

    @Test
    void googlenetIsKnownByItsNameOnly() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackage("org.ascend4j.trainer.model.googlenet..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.ascend4j.trainer.model.googlenet..");
        rule.check(CLASSES);
    }
}
