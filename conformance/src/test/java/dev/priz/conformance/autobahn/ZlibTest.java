package dev.priz.conformance.autobahn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.protocol.deflate.InflateDecoder;
import dev.priz.protocol.deflate.InflateFault;
import dev.priz.protocol.deflate.InflateLimits;
import dev.priz.protocol.deflate.InflateStatus;
import dev.priz.protocol.deflate.InflateWorkspaces;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The zlib module that the suite gets, which Jython's own can't stand for: it sets no window. */
@Timeout(60)
class ZlibTest {
  private static final int MESSAGES = 3;
  private static final int MESSAGE_BYTES = 64 * 1024;

  /** Compresses messages with each window, and decompresses them again. */
  private static final String PROGRAM =
      """
      import sys
      sys.path.insert(0, sys.argv[1])
      import zlib

      def write(name, content):
          with open(name, 'wb') as opened:
              opened.write(content)

      with open(sys.argv[2], 'rb') as opened:
          content = opened.read()
      messages, length = int(sys.argv[3]), int(sys.argv[4])
      for bits in range(9, 16):
          stream = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -bits, 8)
          back, narrow_back = zlib.decompressobj(-bits), zlib.decompressobj(-9)
          plain = narrow_plain = ''
          for message in range(messages):
              compressed = stream.compress(content[message * length:(message + 1) * length])
              compressed += stream.flush(zlib.Z_SYNC_FLUSH)
              plain += back.decompress(compressed[:-4]) + back.decompress(compressed[-4:])
              narrow_plain += narrow_back.decompress(compressed)
              write('%d-%d' % (bits, message), compressed[:-4])
          write('%d-plain' % bits, plain)
          write('%d-plain-by-9' % bits, narrow_plain)
      """;

  private static final SuiteFiles FILES = SuiteFiles.forRun("zlib");

  private static byte[] content = {};

  @BeforeAll
  static void compress() throws Exception {
    Path data = FILES.testData("pg2229.txt");
    content = Arrays.copyOf(Files.readAllBytes(data), MESSAGES * MESSAGE_BYTES);
    String modules = FILES.program().getParent().toString();
    Process process =
        SuiteProcess.jython(
                FILES, "-c", PROGRAM, modules, data.toString(), "" + MESSAGES, "" + MESSAGE_BYTES)
            .start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 10, 11, 12, 13, 14, 15})
  void staysWithinTheWindow(int bits) throws IOException {
    var decoder = decoder(bits);

    assertThat(inflate(decoder, bits)).isEqualTo(content);
    assertThat(decoder.fault()).isNull();
  }

  // Without 9: zlib looks 262 bytes less far back than it may, which in this case is half the way.
  @ParameterizedTest
  @ValueSource(ints = {10, 11, 12, 13, 14, 15})
  void usesMoreThanHalfTheWindow(int bits) throws IOException {
    var narrower = decoder(bits - 1);

    inflate(narrower, bits);

    assertThat(narrower.fault()).isEqualTo(InflateFault.DISTANCE_TOO_FAR);
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 10, 11, 12, 13, 14, 15})
  void decompressesWhatItCompressed(int bits) throws IOException {
    assertThat(read(bits + "-plain")).isEqualTo(content);
  }

  @Test
  void doesNotUnderstandAPeerThatExceedsTheWindow() throws IOException {
    assertThat(read("9-plain-by-9")).isEqualTo(content);
    assertThat(read("10-plain-by-9")).isNotEqualTo(content);
  }

  private static InflateDecoder decoder(int bits) {
    return new InflateDecoder(bits, true, InflateLimits.DEFAULT, new InflateWorkspaces());
  }

  /** The messages that are there before the decoder finds a fault. */
  private static byte[] inflate(InflateDecoder decoder, int bits) throws IOException {
    var plain = new ByteArrayOutputStream();
    for (int message = 0; message < MESSAGES; message++) {
      ByteBuffer out = ByteBuffer.allocate(MESSAGE_BYTES);
      ByteBuffer in = ByteBuffer.wrap(read(bits + "-" + message));
      if (decoder.inflate(in, true, out) != InflateStatus.MESSAGE_ENDED) break;
      plain.write(out.array(), 0, out.position());
    }
    return plain.toByteArray();
  }

  private static byte[] read(String name) throws IOException {
    return Files.readAllBytes(FILES.reports().resolve(name));
  }
}
