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
    final ArchRule packagesFormNoCycle =
            slices().matching("org.ascend4j.(**)").should().beFreeOfCycles();

    @ArchTest
    final ArchRule theEngineIsNotPublic = noClasses()
            .that()
            .resideInAPackage("org.ascend4j.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.ascend4j.trainer.engine..");

    @ArchTest
    final ArchRule googlenetIsKnownByItsOptionsOnly = noClasses()
            .that()
            .doNotHaveSimpleName("GoogLeNetOptions")
            .and()
            .doNotHaveSimpleName("StemConverter")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.ascend4j.trainer.model.googlenet..");
}
