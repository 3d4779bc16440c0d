package dev.priz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script {@code priz}, in a project of its own with a JDK and a Maven that only tell how they
 * are called.
 */
class LauncherTest {
  private static final Path SCRIPT = Path.of("..", "priz");
  private static final List<String> TOOLS =
      List.of(
          "bash",
          "sh",
          "dirname",
          "readlink",
          "find",
          "head",
          "sed",
          "cat",
          "mkdir",
          "mv",
          "rm",
          "sleep");
  private static final String TELLING_JAVA =
      """
      #!/bin/sh
      echo "$0"
      for argument; do
        printf '%s\\n' "$argument"
        case "$argument" in
          -XX:ArchiveClassesAtExit=*) echo classes > "${argument#*=}" ;;
        esac
      done
      """;
  private static final String TELLING_MAVEN =
      """
      #!/bin/sh
      echo '[INFO] Building Priz so far 0.1.0-SNAPSHOT        [1/2]'
      mkdir -p cli/target/app
      echo jar > cli/target/app/priz-cli-1.jar
      """;

  @TempDir private Path folder;
  private Path root;
  private Path tools;
  private Path jdk;

  @BeforeEach
  void makeProject() throws Exception {
    root = Files.createDirectories(folder.resolve("my project"));
    Files.copy(SCRIPT, root.resolve("priz"));
    for (String module : List.of("core", "websocket", "demo", "cli")) {
      Files.createDirectories(root.resolve(module).resolve("src/main"));
      Files.writeString(root.resolve(module).resolve("pom.xml"), "");
    }
    tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool : TOOLS) Scripts.link(tools, tool);
    Scripts.write(tools.resolve("mvn"), TELLING_MAVEN);
    jdk = jdk("25.0.1");
  }

  @Test
  void buildsTheFirstTimeOnly() throws Exception {
    Outcome first = run("echo");
    Outcome second = run("echo");

    assertThat(first.err())
        .isEqualTo("priz: building, this takes a minute the first time...\npriz:   Priz so far\n");
    assertThat(first.status()).isZero();
    assertThat(second.err()).isEmpty();
    assertThat(second.out()).isEqualTo(first.out());
  }

  @Test
  void buildsAgainWhenSourceIsNewer() throws Exception {
    run("echo");
    Path source = Files.writeString(root.resolve("core/src/main/Connection.java"), "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

    assertThat(run("echo").err()).startsWith("priz: the sources have changed, building...\n");
  }

  @Test
  void startsFromArchiveMadeByTheSameJdk() throws Exception {
    assertThat(run("echo").out())
        .contains("-XX:SharedArchiveFile=", "/cli/target/java-25.0.1.jsa\n");

    jdk = jdk("26");

    assertThat(run("echo").out()).contains("/cli/target/java-26.jsa\n");
  }

  @Test
  void asksForSmallObjectsFromJava25On() throws Exception {
    assertThat(run("echo").out()).contains("-XX:+UseCompactObjectHeaders\n");

    jdk = jdk("24.0.2");

    assertThat(run("echo").out()).doesNotContain("UseCompactObjectHeaders");
  }

  @Test
  void startsWithoutArchiveWhereThereCannotBeOne() throws Exception {
    Scripts.write(jdk.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");

    Outcome outcome = run("echo");

    assertThat(outcome.out())
        .contains("dev.priz.cli.Main\necho\n")
        .doesNotContain("SharedArchiveFile");
    assertThat(outcome.status()).isZero();
  }

  @Test
  void showsWhatMavenSaysWhenTheBuildFails() throws Exception {
    Scripts.write(tools.resolve("mvn"), "#!/bin/sh\necho no such planet >&2\nexit 1\n");

    Outcome outcome = run("echo");

    assertThat(outcome.err()).contains("no such planet\n", "priz: the build failed");
    assertThat(outcome.status()).isEqualTo(1);
  }

  @Test
  void saysWhatIsMissingWithoutMaven() throws Exception {
    Files.delete(tools.resolve("mvn"));

    Outcome outcome = run("echo");

    assertThat(outcome.err()).startsWith("priz: not built yet, and no 'mvn'").hasLineCount(1);
    assertThat(outcome.status()).isEqualTo(2);
  }

  @Test
  void passesArgumentsOnAsTheyAre() throws Exception {
    Outcome outcome = run("connect", "two words", "", "*", "'\"$x");

    assertThat(outcome.out()).endsWith("\ndev.priz.cli.Main\nconnect\ntwo words\n\n*\n'\"$x\n");
  }

  @Test
  void prefersJavaHome() throws Exception {
    jdkOnPath("26");

    assertThat(run("echo").out()).startsWith(jdk.resolve("bin/java") + "\n");
  }

  @Test
  void takesJavaOnThePathWhereJavaHomeIsTooOld() throws Exception {
    jdk = jdk("17.0.15");
    Path onPath = jdkOnPath("21.0.9");

    assertThat(run("echo").out()).startsWith(onPath.resolve("bin/java").toRealPath() + "\n");
  }

  @Test
  void givesOptionsOnlyToJdksThatKnowThem() throws Exception {
    String option = "--sun-misc-unsafe-memory-access=allow";
    assertThat(run("echo").out()).contains(option);

    jdk = jdk("21.0.9");

    assertThat(run("echo").out()).doesNotContain(option);
  }

  @Test
  void sparesTheCompilerOnlyForWhatEndsSoon() throws Exception {
    String option = "-XX:TieredStopAtLevel=1";

    assertThat(run("connect").out()).contains(option);
    assertThat(run("bench").out()).doesNotContain(option);
  }

  @Test
  void worksThroughSymbolicLinks() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("my project", "priz"));
    Path other = Files.createSymbolicLink(folder.resolve("other"), link);

    assertThat(runScript(other, "echo").out()).contains(root.toRealPath() + "/cli/target/app/*");
  }

  private Outcome run(String... arguments) throws Exception {
    return runScript(root.resolve("priz"), arguments);
  }

  private Outcome runScript(Path script, String... arguments) throws Exception {
    var process = new ProcessBuilder(script.toString()).directory(folder.toFile());
    process.command().addAll(List.of(arguments));
    Map<String, String> environment = process.environment();
    environment.put("PATH", tools.toString());
    environment.put("JAVA_HOME", jdk.toString());
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process running = process.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(running.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Outcome(running.exitValue(), Files.readString(out), Files.readString(err));
  }

  private Path jdk(String version) throws IOException {
    Path home = Files.createDirectories(folder.resolve("jdk-" + version));
    Files.createDirectories(home.resolve("bin"));
    Scripts.write(home.resolve("bin/java"), TELLING_JAVA);
    Scripts.write(home.resolve("bin/javac"), "#!/bin/sh\n");
    Files.writeString(home.resolve("release"), "X=\"1\"\nJAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private Path jdkOnPath(String version) throws IOException {
    Path home = jdk(version);
    Files.createSymbolicLink(tools.resolve("java"), home.resolve("bin/java"));
    return home;
  }
}
