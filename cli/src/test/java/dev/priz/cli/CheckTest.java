package dev.priz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The script {@code check}, in a project of its own with tools that only tell how they are called.
 */
class CheckTest {
  private static final Path SCRIPT = Path.of("..", "check");
  private static final String TARGET = "core/src/test/java/NewFuzzTest.java";
  private static final String INPUT = "src/test/resources/NewFuzzTestInputs/crash-1";
  private static final List<String> TOOLS =
      List.of(
          "bash",
          "sh",
          "env",
          "sed",
          "dirname",
          "readlink",
          "find",
          "mktemp",
          "rm",
          "wc",
          "touch",
          "uname",
          "id",
          "cat");
  private static final String TELLING_MAVEN = "#!/bin/sh\necho mvn \"$@\"\n";

  @TempDir private Path folder;
  private Path tools;

  @BeforeEach
  void makeProject() throws Exception {
    Files.copy(SCRIPT, folder.resolve("check"));
    for (String path : List.of(TARGET, "websocket/src/test/java/OldFuzzTest.java")) {
      Files.createDirectories(folder.resolve(path).getParent());
      Files.writeString(folder.resolve(path), "");
    }
    tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool : TOOLS) Scripts.link(tools, tool);
    for (String tool : List.of("chromium", "node", "npm", "openssl", "ip")) {
      Scripts.write(tools.resolve(tool), "#!/bin/sh\n");
    }
    Scripts.write(tools.resolve("mvn"), TELLING_MAVEN);
    Files.createDirectories(folder.resolve("benchmarks"));
    Scripts.write(folder.resolve("benchmarks/soak"), "#!/bin/sh\necho soak \"$@\"\nexit 3\n");
    Files.createDirectories(folder.resolve("jdk/bin"));
    Scripts.write(folder.resolve("jdk/bin/javac"), "#!/bin/sh\necho javac 25.0.1\n");
  }

  @Test
  void runsAllTests() throws Exception {
    Outcome outcome = run();

    assertThat(outcome.out()).isEqualTo("mvn -B -ntp verify\n");
    assertThat(outcome.status()).isZero();
  }

  @Test
  void fuzzesForTheMinutesThatAreAsked() throws Exception {
    Outcome outcome = run("--fuzz", "7");

    assertThat(outcome.out())
        .startsWith("check: 2 fuzz targets, 7 min each, two at a time: about 7 min;")
        .contains("mvn -B -ntp -pl core,websocket process-test-classes surefire:test@fuzz ")
        .contains(" -Dfuzz.time=7m ");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
  }

  @Test
  void fuzzesWithoutABrowser() throws Exception {
    Files.delete(tools.resolve("chromium"));

    assertThat(run("--fuzz", "1").status()).isZero();
  }

  @Test
  void soaksForTheMinutesThatAreAsked() throws Exception {
    Outcome outcome = run("--soak", "30");

    assertThat(outcome.out()).isEqualTo("soak 30\n");
    assertThat(outcome.status()).as("the soak's own").isEqualTo(3);
  }

  @Test
  void soaksWithAKnownSeed() throws Exception {
    assertThat(run("--seed", "7", "--soak", "1").out()).isEqualTo("soak 1 --seed 7\n");
  }

  @ParameterizedTest
  @CsvSource({
    "--seed 7, --seed goes with --soak",
    "--soak 1 --seed x, --seed takes a whole number",
    "--soak 1 --seed, --seed needs a number",
    "--soak 1 --fuzz 1, --fuzz and --soak do not go together"
  })
  void refusesWhatDoesNotGoTogether(String words, String complaint) throws Exception {
    Outcome outcome = run(words.split(" ", -1));

    assertThat(outcome.err()).startsWith("check: " + complaint).hasLineCount(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.status()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "1.5", "5m", "010", "1441", "99999999999999999999"})
  void refusesMinutesThatAreNone(String minutes) throws Exception {
    for (String option : List.of("--fuzz", "--soak")) {
      Outcome outcome = run(option, minutes);

      assertThat(outcome.err())
          .isEqualTo("check: " + option + " takes 1 to 1440 minutes, not '" + minutes + "'\n");
      assertThat(outcome.out()).isEmpty();
      assertThat(outcome.status()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"--fuzz, --fuzz needs the minutes", "--soak, --soak needs its minutes"})
  void asksForTheMinutes(String option, String complaint) throws Exception {
    Outcome outcome = run(option);

    assertThat(outcome.err()).startsWith("check: " + complaint).hasLineCount(1);
    assertThat(outcome.status()).isEqualTo(2);
  }

  @Test
  void refusesUnknownOptions() throws Exception {
    Outcome outcome = run("--fuzz", "1", "--fuss");

    assertThat(outcome.err()).isEqualTo("check: unknown option '--fuss'; see ./check --help\n");
    assertThat(outcome.status()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-h", "--help"})
  void explainsItself(String option) throws Exception {
    Outcome outcome = run(option);

    assertThat(outcome.out())
        .startsWith("usage: ./check ")
        .contains("--fuzz MINUTES", "--soak MINUTES");
    assertThat(outcome.status()).isZero();
  }

  @Test
  void tellsHowToKeepWhatWasFound() throws Exception {
    Files.createDirectories(folder.resolve("core/target/fuzz").resolve(INPUT).getParent());
    String finding = "core/target/fuzz/" + INPUT;
    // Later than what the script has looked at, however coarse the file system's clock is.
    Scripts.write(tools.resolve("mvn"), "#!/bin/sh\ntouch -d '1 minute' " + finding + "\nexit 1\n");

    Outcome outcome = run("--fuzz", "1");

    assertThat(outcome.err())
        .isEqualTo(
            """
            check: this input breaks a fuzz target: %s
              to replay it in every test run: cp %s core/src/test/resources/NewFuzzTestInputs/
            """
                .formatted(finding, finding));
    assertThat(outcome.status()).isEqualTo(1);
  }

  private Outcome run(String... arguments) throws Exception {
    var process = new ProcessBuilder(folder.resolve("check").toString());
    process.command().addAll(List.of(arguments));
    Map<String, String> environment = process.environment();
    environment.put("PATH", tools.toString());
    environment.put("JAVA_HOME", folder.resolve("jdk").toString());
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process running = process.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(running.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Outcome(running.exitValue(), Files.readString(out), Files.readString(err));
  }
}
