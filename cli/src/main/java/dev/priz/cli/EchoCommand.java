package dev.priz.cli;

import dev.priz.ConnectionOptions;
import dev.priz.Transport;
import dev.priz.WebSocketServer;
import dev.priz.WebSocketServerBuilder;
import dev.priz.protocol.Message;
import dev.priz.protocol.OriginPolicy;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code priz echo}: a server that sends every message back. */
@Command(
    name = "echo",
    description = {
      "Starts a server that sends every message back, on every path.",
      "For tests: any web page may connect, and the limits on messages, fragments and control frames are far above those "
          + "of a server on the internet. When clients can connect, prints \"listening on ws://HOST:PORT\". "
          + "Ctrl-C or SIGTERM closes all connections with code 1001."
    })
final class EchoCommand implements Callable<Integer> {
  private static final int CONTROL_FRAMES_PER_SECOND = 1_000_000;
  private static final int HIGH_MARK_BYTES = ConnectionOptions.DEFAULT.highMarkBytes();

  private final Streams streams;

  @Mixin private final Serving serving = new Serving(0);

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Arguments.Threads.class,
      description = "Number of event loops; default one a processor.")
  private @Nullable Integer threads;

  @Option(
      names = "--transport",
      paramLabel = "NAME",
      defaultValue = "auto",
      converter = Arguments.TransportName.class,
      description =
          "io_uring, epoll, kqueue or nio; default auto, the first of them that works here.")
  private Transport transport = Transport.AUTO;

  @Option(
      names = "--style",
      paramLabel = "STYLE",
      defaultValue = "callback",
      converter = Arguments.StyleName.class,
      description =
          "callback, on the event loop, or loop, on a virtual thread for each connection; default ${DEFAULT-VALUE}.")
  private Style style = Style.CALLBACK;

  @Option(
      names = "--max-message",
      paramLabel = "SIZE",
      defaultValue = "64M",
      converter = Arguments.Bytes.class,
      description = "Largest message taken, such as 512K; default ${DEFAULT-VALUE}.")
  private int maxMessageBytes;

  @Mixin private final Compression compression = new Compression(DeflateMode.SHARED);

  @Option(
      names = {"-v", "--verbose"},
      description = "Tell on standard error which transport is used.")
  private boolean verbose;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  EchoCommand(Streams streams) {
    this.streams = streams;
  }

  /** How connections are handled. */
  enum Style {
    CALLBACK,
    LOOP;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Integer call() {
    if (verbose) Logging.showMore();
    return serving.run(this::start, this::announce);
  }

  private WebSocketServer start(String address) {
    WebSocketServerBuilder server =
        WebSocketServer.at(address)
            .origins(OriginPolicy.any())
            .options(options())
            .transport(transport);
    if (threads != null) server.threads(threads);
    switch (style) {
      case CALLBACK -> server.callbacks("/*", ws -> ws.onText(ws::send).onBinary(ws::send));
      case LOOP ->
          server.route(
              "/*",
              ws -> {
                for (Message message : ws) ws.send(message);
              });
    }
    try {
      return server.start();
    } catch (IllegalStateException doesNotWorkHere) {
      throw new ParameterException(spec.commandLine(), doesNotWorkHere.getMessage());
    }
  }

  private ConnectionOptions options() {
    return ConnectionOptions.DEFAULT
        .deflate(compression.options())
        .limits(
            LenientLimits.upTo(maxMessageBytes)
                .controlFrames(CONTROL_FRAMES_PER_SECOND, CONTROL_FRAMES_PER_SECOND))
        // One answer of the largest size may wait, however small that is.
        .sendQueue(
            HIGH_MARK_BYTES, Math.max(ConnectionOptions.DEFAULT.maxQueuedBytes(), maxMessageBytes));
  }

  private void announce(WebSocketServer server) {
    streams.println("listening on ws://" + Serving.authority(serving.host(), server.port()));
  }
}
