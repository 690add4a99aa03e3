package org.ascend4j.trainer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of ARCHITECTURE.md between the packages of {@code trainer}. */
@AnalyzeClasses(packages = "org.ascend4j.trainer", importOptions = DoNotIncludeTests.class)
class TrainerPackagesTest {
    @ArchTest
    final ArchRule packagesFormNoCycle =
            slices().matching("org.ascend4j.(**)").should().beFreeOfCycles();

    @ArchTest
    final ArchRule theTrainerKnowsNoCommandLine = noClasses()
            .that()
            .resideInAPackage("org.ascend4j.trainer..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.ascend4j.cli..", "picocli..", "ch.qos.logback..", "me.tongfei.progressbar..");

    @ArchTest
    final ArchRule trainAloneUsesTheEngine = noClasses()
            .that()
            .resideOutsideOfPackages("org.ascend4j.trainer.engine..", "org.ascend4j.trainer.train..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.ascend4j.trainer.engine..");

    @ArchTest
    final ArchRule googlenetIsKnownByItsNameOnly = noClasses()
            .that()
            .resideOutsideOfPackage("org.ascend4j.trainer.model.googlenet..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.ascend4j.trainer.model.googlenet..");
}
