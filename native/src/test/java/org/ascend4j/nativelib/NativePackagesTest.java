package org.ascend4j.nativelib;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of ARCHITECTURE.md between the packages of {@code native}. */
@AnalyzeClasses(packages = "org.ascend4j.nativelib", importOptions = DoNotIncludeTests.class)
class NativePackagesTest {
    @ArchTest
    final ArchRule packagesFormNoCycle =
            slices().matching("org.ascend4j.(**)").should().beFreeOfCycles();

    @ArchTest
    final ArchRule nativeUsesNoModuleAboveIt = noClasses()
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
}
