package org.ascend4j.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** Tests that the dependencies between the command line's packages match the arrows in ARCHITECTURE.md. */
class CommandLinePackagesTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("org.ascend4j.cli");

    @Test
    void packagesFormNoCycle() {
        ArchRule rule = slices().matching("org.ascend4j.(**)").should().beFreeOfCycles();
        rule.check(CLASSES);
    }

    @Test
    void theEngineIsNotPublic() {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("org.ascend4j.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.ascend4j.trainer.engine..");
        rule.check(CLASSES);
    }

    @Test
    void googlenetIsKnownByItsOptionsOnly() {
        ArchRule rule = noClasses()
                .that()
                .doNotHaveSimpleName("GoogLeNetOptions")
                .and()
                .doNotHaveSimpleName("StemConverter")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.ascend4j.trainer.model.googlenet..");
        rule.check(CLASSES);
    }
}
