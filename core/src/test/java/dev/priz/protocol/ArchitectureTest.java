package dev.priz.protocol;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The core is the protocol and nothing else, so that equal inputs give equal outputs. */
final class ArchitectureTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.priz.protocol");

  @Test
  void dependsOnTheBaseModuleOnly() {
    Set<String> basePackages = Object.class.getModule().getPackages();
    DescribedPredicate<JavaClass> inBaseModule =
        DescribedPredicate.describe(
            "are in java.base", type -> basePackages.contains(type.getPackageName()));

    classes()
        .should()
        .onlyDependOnClassesThat(
            inBaseModule
                .or(resideInAPackage("dev.priz.protocol.."))
                .or(resideInAPackage("org.jspecify.annotations")))
        .check(CORE);
  }

  @Test
  void hasNoClock() {
    assertCoreUsesNoneOf(
        "java.lang.System.nanoTime",
        "java.lang.System.currentTimeMillis",
        "java.time.Clock",
        "java.time.Instant",
        "java.time.InstantSource",
        "java.time.LocalDateTime",
        "java.time.LocalTime",
        "java.time.OffsetDateTime",
        "java.time.ZonedDateTime",
        "java.util.Calendar",
        "java.util.Date");
  }

  @Test
  void hasNoThreadOrLock() {
    assertCoreUsesNoneOf(
        "java.lang.Object.notify",
        "java.lang.Object.notifyAll",
        "java.lang.Object.wait",
        "java.lang.Thread",
        "java.lang.ThreadLocal",
        "java.util.Timer",
        "java.util.concurrent");
    noMethods().should().haveModifier(JavaModifier.SYNCHRONIZED).check(CORE);
  }

  @Test
  void hasNoSocketOrFile() {
    assertCoreUsesNoneOf(
        "java.io",
        "java.net.DatagramSocket",
        "java.net.InetAddress",
        "java.net.InetSocketAddress",
        "java.net.NetworkInterface",
        "java.net.ServerSocket",
        "java.net.Socket",
        "java.net.URL",
        "java.net.URLConnection",
        "java.nio.channels",
        "java.nio.file",
        "javax.net");
  }

  @Test
  void hasNoLogger() {
    assertCoreUsesNoneOf(
        "java.lang.System.err",
        "java.lang.System.getLogger",
        "java.lang.System.out",
        "java.lang.System$Logger",
        "java.lang.Throwable.printStackTrace");
  }

  @Test
  void hasNoRandomness() {
    assertCoreUsesNoneOf(
        "java.lang.Math.random",
        "java.lang.StrictMath.random",
        "java.security.SecureRandom",
        "java.util.Collections.shuffle",
        "java.util.Random",
        "java.util.SplittableRandom",
        "java.util.UUID.randomUUID",
        "java.util.random");
  }

  // Its memory is outside the heap, and somebody would have to end it.
  @Test
  void hasNoZlib() {
    assertCoreUsesNoneOf("java.util.zip");
  }

  @Test
  void hasNoCycleBetweenPackages() {
    slices().matching("dev.priz.(**)").should().beFreeOfCycles().check(CORE);
  }

  /** Each name is a package, a type or a member. */
  private static void assertCoreUsesNoneOf(String... names) {
    List<String> forbidden = List.of(names);
    DescribedPredicate<JavaClass> forbiddenType =
        DescribedPredicate.describe(
            "are one of " + forbidden, type -> isPartOfAny(forbidden, type.getFullName()));
    DescribedPredicate<JavaAccess<?>> forbiddenMember =
        DescribedPredicate.describe(
            "the target is one of " + forbidden,
            access -> isPartOfAny(forbidden, access.getTarget().getFullName()));

    noClasses().should().dependOnClassesThat(forbiddenType).check(CORE);
    noClasses().should().accessTargetWhere(forbiddenMember).check(CORE);
  }

  private static boolean isPartOfAny(List<String> names, String fullName) {
    return names.stream().anyMatch(name -> isPartOf(name, fullName));
  }

  /** {@code java.util.Random} holds its methods and nested types, but not {@code RandomAccess}. */
  private static boolean isPartOf(String name, String fullName) {
    return fullName.startsWith(name)
        && (fullName.length() == name.length()
            || ".$(".indexOf(fullName.charAt(name.length())) >= 0);
  }

  @Test
  @DisplayName("AP-16 compares in constant time what proves knowledge")
  void comparesInConstantTime() {
    classes()
        .that()
        .haveSimpleName("ClientHandshake")
        .should()
        .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class)
        .check(CORE);
  }
}
