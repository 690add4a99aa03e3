package org.ascend4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of ARCHITECTURE.md between the packages of {@code bindings}. */
@AnalyzeClasses(packages = "org.ascend4j", importOptions = DoNotIncludeTests.class)
class BindingsPackagesTest {
    @ArchTest
    final ArchRule packagesFormNoCycle =
            slices().matching("org.ascend4j.(**)").should().beFreeOfCycles();

    @ArchTest
    final ArchRule bindingsUseNoModuleAboveThem = noClasses()
            .that()
            .resideInAPackage("org.ascend4j..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.ascend4j.trainer..", "org.ascend4j.cli..");

    @ArchTest
    final ArchRule theGeneratedMappingIsUsedByNativeOnly = noClasses()
            .that()
            .resideOutsideOfPackage("org.ascend4j.nativelib..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.ascend4j.nativelib.jni..");
}
