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
    static final ArchRule PACKAGES_FORM_NO_CYCLE =
            slices().matching("org.ascend4j.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule BINDINGS_USE_NO_MODULE_ABOVE_THEM = noClasses()
            .that()
            .resideInAPackage("org.ascend4j..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.ascend4j.trainer..", "org.ascend4j.cli..");

    @ArchTest
    static final ArchRule THE_GENERATED_MAPPING_IS_USED_BY_NATIVE_ONLY = noClasses()
            .that()
            .resideOutsideOfPackage("org.ascend4j.nativelib..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.ascend4j.nativelib.jni..");
}
