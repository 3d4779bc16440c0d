package dev.priz;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The arrows between the packages, and where Netty is known. */
final class ArchitectureTest {
  private static final JavaClasses LIBRARY =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.priz");

  @Test
  void knowsNettyInOnePackageOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.priz.netty..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .check(LIBRARY);
  }

  @Test
  void keepsNettyUnawareOfTheLibrary() {
    noClasses()
        .that()
        .resideInAPackage("dev.priz.netty..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.priz", "dev.priz.topic..")
        .check(LIBRARY);
  }

  @Test
  void keepsTheProtocolUnawareOfEverythingElse() {
    noClasses()
        .that()
        .resideInAPackage("dev.priz.protocol..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.priz", "dev.priz.netty..", "dev.priz.topic..")
        .check(LIBRARY);
  }

  @Test
  @DisplayName("AP-15 asks no clock that jumps")
  void asksNoClockThatJumps() {
    noClasses()
        .that()
        // Retry-After may be a date.
        .doNotHaveSimpleName("HandshakeRefusedException")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .check(LIBRARY);
  }

  @Test
  void hasNoCycleBetweenPackages() {
    slices().matching("dev.(**)").should().beFreeOfCycles().check(LIBRARY);
  }
}
