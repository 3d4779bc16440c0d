package dev.priz.cli;

import dev.priz.ConnectionOptions;
import dev.priz.WebSocketClient;
import dev.priz.protocol.WebSocketUri;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code priz bench}: a load test. */
@Command(
    name = "bench",
    description = {
      "Load test of a server that sends each message back: opens connections, sends messages at a fixed rate, and "
          + "measures how long their answers take.",
      "The rate is kept however slowly the server answers (open loop), and a latency counts from the time at which the "
          + "message was due, not from when it could be sent: a server that stalls pays for all messages that were "
          + "due meanwhile. This is the correction for coordinated omission. --rate max does without both.",
      "Each message carries its number, and an answer that is not the one that was due counts as wrong. What is "
          + "unanswered a second after the end counts with the time that it had waited.",
      "Ctrl-C ends the test early and prints what was measured. The exit status is 1 if no connection can be opened, "
          + "all are lost, or nothing is answered."
    },
    footer = {
      "",
      "Examples:",
      "  priz bench ws://127.0.0.1:9001 --rate 20000 --connections 200",
      "  priz bench wss://example.com/echo --text --size 1K --csv load.csv"
    })
final class BenchCommand implements Callable<Integer> {
  private static final int MOST_IN_FLIGHT_BYTES = 1 << 30;
  private static final int MESSAGE_OVERHEAD_BYTES = 128;

  private final Streams streams;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(
      paramLabel = "URL",
      converter = Arguments.Address.class,
      description = "Address, such as ws://127.0.0.1:9001/echo.")
  private WebSocketUri uri;

  @Option(
      names = {"-c", "--connections"},
      paramLabel = "N",
      defaultValue = "50",
      converter = Arguments.Connections.class,
      description = "Number of connections; default ${DEFAULT-VALUE}.")
  private int connections;

  @Option(
      names = {"-r", "--rate"},
      paramLabel = "N",
      defaultValue = "1000",
      converter = Arguments.Rate.class,
      description =
          "Messages a second over all connections; default ${DEFAULT-VALUE}, and so is 0. max is a closed loop: "
              + "each answer has the next message sent, and latency counts from sending.")
  private int rate;

  @Option(
      names = {"-s", "--size"},
      paramLabel = "SIZE",
      defaultValue = "20",
      converter = Arguments.Bytes.class,
      description = "Bytes of payload in a message, such as 20 or 16K; default ${DEFAULT-VALUE}.")
  private int sizeBytes;

  @Option(names = "--text", description = "Send text messages.")
  private boolean text;

  @Option(names = "--binary", description = "Send binary messages, the default.")
  private boolean binary;

  @Option(
      names = {"-d", "--duration"},
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = Arguments.PositiveTime.class,
      description = "How long to measure, such as 500ms or 1m; default ${DEFAULT-VALUE}.")
  private Duration duration = Duration.ZERO;

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      defaultValue = "2s",
      converter = Arguments.Time.class,
      description =
          "How long to send before that, which counts for nothing; default ${DEFAULT-VALUE}.")
  private Duration warmUp = Duration.ZERO;

  @Option(
      names = {"-p", "--pipeline"},
      paramLabel = "N",
      defaultValue = "1",
      converter = Arguments.Pipeline.class,
      description =
          "Most messages in flight on each connection; default ${DEFAULT-VALUE}. What is due beyond waits for an "
              + "answer, and its latency grows.")
  private int pipeline;

  @Mixin private final Compression compression = new Compression(DeflateMode.OFF);

  @Mixin private final HandshakeOptions handshake = new HandshakeOptions();

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description =
          "Write a row for each second and a table of percentiles to this file; - is standard output, and the report "
              + "then goes to standard error.")
  private @Nullable String csv;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Arguments.Threads.class,
      description = "Number of event loops; default one for every two processors.")
  private @Nullable Integer threads;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  BenchCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    LoadPlan plan = plan();
    // The report says how late the loops are.
    Logging.hideSlowCallbacks();
    try (OutputStream rows = csvOutput();
        WebSocketClient client = client()) {
      CsvRows csvRows = csv == null ? null : new CsvRows(rows, this::cannotWrite, sizeBytes);
      return new LoadTest(plan, client, streams, csvRows, toStandardOutput()).run();
    }
  }

  private LoadPlan plan() {
    if (text && binary) throw wrong("--text and --binary exclude each other; choose one");
    if ((long) pipeline * sizeBytes > MOST_IN_FLIGHT_BYTES) {
      throw wrong(
          "--pipeline %d of --size %d would be more than 1G in flight on a connection; choose less of one"
              .formatted(pipeline, sizeBytes));
    }
    return new LoadPlan(uri, connections, rate, sizeBytes, text, pipeline, warmUp, duration);
  }

  private boolean toStandardOutput() {
    return "-".equals(csv);
  }

  private OutputStream csvOutput() {
    if (csv == null) return OutputStream.nullOutputStream();
    try {
      return toStandardOutput() ? new Kept(streams.out()) : new FileOutputStream(csv);
    } catch (FileNotFoundException failure) {
      throw wrong("cannot write --csv " + failure.getMessage() + "; choose another file");
    }
  }

  private CommandFailure cannotWrite(IOException failure) {
    return toStandardOutput()
        ? new OutputFailure(failure)
        : new CommandFailure("cannot write " + csv + ": " + failure.getMessage(), failure);
  }

  private WebSocketClient client() {
    // All that may be in flight may wait here: a server that does not read is measured, not given
    // up, and what it sends is read meanwhile.
    int queueBytes =
        Math.max(
            ConnectionOptions.DEFAULT.maxQueuedBytes(),
            pipeline * (sizeBytes + MESSAGE_OVERHEAD_BYTES));
    int loops = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    return handshake.client(
        WebSocketClient.builder()
            .threads(threads == null ? loops : threads)
            .options(
                ConnectionOptions.DEFAULT
                    .deflate(compression.options())
                    .limits(
                        LenientLimits.upTo(Math.max(sizeBytes, LenientLimits.MAX_MESSAGE_BYTES)))
                    .sendQueue(queueBytes, queueBytes)));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** An output that stays open. */
  private static final class Kept extends FilterOutputStream {
    Kept(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
