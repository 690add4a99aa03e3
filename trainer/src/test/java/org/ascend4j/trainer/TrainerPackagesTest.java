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
    static final ArchRule PACKAGES_FORM_NO_CYCLE =
            slices().matching("org.ascend4j.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_TRAINER_KNOWS_NO_COMMAND_LINE = noClasses()
            .that()
            .resideInAPackage("org.ascend4j.trainer..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.ascend4j.cli..", "picocli..", "ch.qos.logback..", "me.tongfei.progressbar..");

    @ArchTest
    static final ArchRule TRAIN_ALONE_USES_THE_ENGINE = noClasses()
            .that()
            .resideOutsideOfPackages("org.ascend4j.trainer.engine..", "org.ascend4j.trainer.train..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.ascend4j.trainer.engine..");

    @ArchTest
    static final ArchRule GOOGLENET_IS_KNOWN_BY_ITS_NAME_ONLY = noClasses()
            .that()
            .resideOutsideOfPackage("org.ascend4j.trainer.model.googlenet..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.ascend4j.trainer.model.googlenet..");
}
