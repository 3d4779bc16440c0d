package dev.priz.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OptionsTest {
  @Test
  void meansEverythingWithoutOptions() {
    Options options = Options.parse();

    assertThat(options.workloads).isEqualTo(Workload.names());
    assertThat(options.servers).isEmpty();
    assertThat(options.rounds).isEqualTo(3);
  }

  @Test
  void takesValuesWithAndWithoutEqualsSign() {
    Options options = Options.parse("--rounds", "5", "--servers=raw,priz", "--workloads", "accept");

    assertThat(options.rounds).isEqualTo(5);
    assertThat(options.servers).containsExactly("raw", "priz");
    assertThat(options.workloads).containsExactly("accept");
  }

  @Test
  void letsOtherOptionsOverruleQuickWhereverItStands() {
    Options options = Options.parse("--seconds", "9", "--workloads", "idle", "--quick");

    assertThat(options.rounds).isEqualTo(1);
    assertThat(options.seconds).isEqualTo(9);
    assertThat(options.workloads).containsExactly("idle");
  }

  @Test
  void takesSeveralPeersWhoseCommandsHaveEqualsSigns() {
    Options options = Options.parse("--peer", "a=./a {port}", "--peer", "b=X=1 ./b --port={port}");

    assertThat(options.peers)
        .containsEntry("a", "./a {port}")
        .containsEntry("b", "X=1 ./b --port={port}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--bad",
        "extra",
        "--rounds=0",
        "--rounds=x",
        "--seconds",
        "--cpus=1",
        "--engine=kqueue",
        "--peer=uws",
        "--peer=uws=./uws 9001"
      })
  void refusesWhatMakesNoSense(String word) {
    assertThatThrownBy(() -> Options.parse(word)).isInstanceOf(IllegalArgumentException.class);
  }
}
