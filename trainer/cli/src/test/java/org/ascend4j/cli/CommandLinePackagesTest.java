package org.ascend4j.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of ARCHITECTURE.md between the packages of the command line. */
@AnalyzeClasses(packages = "org.ascend4j.cli", importOptions = DoNotIncludeTests.class)
class CommandLinePackagesTest {
    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLE =
            slices().matching("org.ascend4j.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_ENGINE_IS_NOT_PUBLIC = noClasses()
            .that()
            .resideInAPackage("org.ascend4j.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.ascend4j.trainer.engine..");

    @ArchTest
    static final ArchRule ONLY_THE_DOCTOR_NAMES_GOOGLENET = noClasses()
            .that()
            .resideOutsideOfPackage("org.ascend4j.cli.doctor..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.ascend4j.trainer.model.googlenet..");
}
