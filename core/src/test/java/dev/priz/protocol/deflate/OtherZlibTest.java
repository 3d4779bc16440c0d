package dev.priz.protocol.deflate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.priz.payloads.PayloadKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A zlib in another process, which, unlike the JDK's, can be told the size of its window. */
final class OtherZlibTest {
  private static final List<PayloadKind> KINDS = List.of(PayloadKind.values());
  private static final List<List<String>> INFLATERS =
      List.of(
          List.of(
              "python3",
              "-c",
              """
              import sys, zlib
              inflater = zlib.decompressobj(wbits=-int(sys.argv[1]))
              sys.stdout.buffer.write(inflater.decompress(sys.stdin.buffer.read()))
              """),
          List.of(
              "node",
              "-e",
              """
              const zlib = require('zlib'), input = require('fs').readFileSync(0)
              const options = {windowBits: +process.argv[1], finishFlush: zlib.constants.Z_SYNC_FLUSH}
              process.stdout.write(zlib.inflateRawSync(input, options))
              """));

  @ParameterizedTest
  @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14, 15})
  void inflatesWithTheNegotiatedWindow(int windowBits) throws Exception {
    List<String> command = INFLATERS.stream().filter(OtherZlibTest::works).findFirst().orElse(null);
    assumeThat(command).as("neither python3 nor node is installed").isNotNull();
    DeflateEncoder encoder = new DeflateEncoder(DeflateLevel.BALANCED);
    DeflateHistory history = new DeflateHistory(windowBits);
    DeflateOutput output = new DeflateOutput();
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    for (int i = 0; i < 200; i++) {
      byte[] message = KINDS.get(i % KINDS.size()).payload(20 * i, i / 7);
      messages.writeBytes(message);
      encoder.compressPiece(history, message, 0, message.length, output);
    }

    assertThat(run(command, windowBits, output.copy())).isEqualTo(messages.toByteArray());
  }

  private static boolean works(List<String> command) {
    try {
      Process process = new ProcessBuilder(command.getFirst(), "--version").start();
      return process.waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  private static byte[] run(List<String> command, int windowBits, byte[] input) throws Exception {
    List<String> whole = new ArrayList<>(command);
    whole.add(Integer.toString(windowBits));
    Process process =
        new ProcessBuilder(whole).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input);
    }
    try (InputStream out = process.getInputStream()) {
      byte[] plain = out.readAllBytes();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return plain;
    }
  }
}
