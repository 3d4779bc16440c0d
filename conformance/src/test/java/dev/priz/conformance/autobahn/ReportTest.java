package dev.priz.conformance.autobahn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {
  private static final Cases ONE_CASE = Cases.groups(10);

  @TempDir Path folder;

  @Test
  void hasNoProblemWhenEveryCaseIsOk() {
    Report report = report(result("10.1.1", "OK", "OK"));

    assertThat(report.problems(ONE_CASE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAILED", "NON-STRICT", "INFORMATIONAL", "UNIMPLEMENTED", "ok"})
  void namesACaseWithAnyOtherBehavior(String behavior) {
    Report report = report(result("10.1.1", behavior, "OK"));

    assertThat(report.problems(ONE_CASE))
        .containsExactly(
            "10.1.1 is " + behavior + ", close OK, see " + folder.resolve("10.1.1.json"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAILED", "WRONG CODE", "UNCLEAN", "FAILED BY CLIENT", "INFORMATIONAL"})
  void namesACaseWithAnyOtherClose(String behaviorClose) {
    Report report = report(result("10.1.1", "OK", behaviorClose));

    assertThat(report.problems(ONE_CASE))
        .containsExactly(
            "10.1.1 is OK, close " + behaviorClose + ", see " + folder.resolve("10.1.1.json"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"7.1.6", "7.13.1", "7.13.2"})
  void expectsThreeCasesToBeInformational(String caseId) {
    Report right = report(result(caseId, "INFORMATIONAL", "INFORMATIONAL"));
    Report wrong = report(result(caseId, "INFORMATIONAL", "OK"));

    assertThat(right.problems(Cases.groups(7)))
        .containsExactly("group 7 has 1 verdicts, expected 37");
    assertThat(wrong.problems(Cases.groups(7)))
        .contains(caseId + " is INFORMATIONAL, close OK, see " + folder.resolve(caseId + ".json"));
  }

  @Test
  void countsTheCasesOfEachGroup() {
    Report report = report(result("10.1.1", "OK", "OK"), result("1.1.1", "OK", "OK"));

    assertThat(report.problems(Cases.groups(2, 10)))
        .containsExactly(
            "group 1 has 1 verdicts, expected 0", "group 2 has 0 verdicts, expected 11");
  }

  @Test
  void countsNoVerdictsOfAnotherPeer() {
    writeIndex("other", result("10.1.1", "OK", "OK"));

    assertThat(Report.read(folder, "peer").problems(ONE_CASE))
        .containsExactly("group 10 has 0 verdicts, expected 1");
  }

  @Test
  void summarizesEachGroupInTheOrderOfItsNumber() {
    Report report =
        report(
            result("10.1.1", "OK", "OK"),
            result("6.4.10", "NON-STRICT", "OK"),
            result("6.4.9", "OK", "OK"));

    assertThat(report.summary())
        .isEqualTo(
            """
            autobahn peer: 3 cases, 4.5 s
              group  6:   2 cases,   3.0 s: 1 NON-STRICT, close OK; 1 OK
              group 10:   1 cases,   1.5 s: 1 OK\
            """);
  }

  private Report report(String... results) {
    writeIndex("peer", results);
    return Report.read(folder, "peer");
  }

  private void writeIndex(String agent, String... results) {
    String json = "{\"" + agent + "\": {" + String.join(",", results) + "}}";
    try {
      Files.writeString(folder.resolve("index.json"), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String result(String caseId, String behavior, String behaviorClose) {
    return """
    "%1$s": {"behavior": "%2$s", "behaviorClose": "%3$s", "duration": 1500,
             "remoteCloseCode": 1000, "reportfile": "%1$s.json"}\
    """
        .formatted(caseId, behavior, behaviorClose);
  }
}
