package dev.priz.benchmarks.soak;

import dev.priz.ConnectionClosedException;
import dev.priz.TlsOptions;
import dev.priz.Transport;
import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.WebSocketServerBuilder;
import dev.priz.payloads.PayloadKind;
import dev.priz.protocol.Message;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * The process under load: a server without TLS, on as many addresses as so many connections need,
 * and one with it. Samples itself once a second. Ends with its standard input.
 */
public final class SoakServer {
  /** The path of a server that sends without end to who does not read. */
  static final String UNREAD = "/flood/unread";

  /** The path of a server that sends without end to who reads slowly. */
  static final String SLOW = "/flood/slow";

  // After which a peer that takes nothing is given up.
  private static final long STALL_NANOS = 10_000_000_000L;
  private static final int FLOOD_MESSAGES = 4_096;
  private static final int FLOOD_BYTES = 16 * 1024;
  // Of a kind that nothing makes shorter, or it would be over too soon where it is compressed.
  private static final byte[] FLOOD = PayloadKind.RANDOM.payload(FLOOD_BYTES, 1);

  private final LoopProbes probes = new LoopProbes(Duration.ofMillis(50));
  private final GcPauses pauses = new GcPauses();
  private final ServerFigures figures = new ServerFigures(probes, pauses);
  private final List<WebSocketServer> servers = new ArrayList<>();
  private final LongAdder messages = new LongAdder();
  private final AtomicInteger givenUp = new AtomicInteger();
  private final AtomicLong givenUpAfterNanos = new AtomicLong();

  private SoakServer() {}

  /**
   * Runs the server.
   *
   * @param args transport, number of addresses without TLS, and key store with its password
   */
  public static void main(String[] args) throws IOException {
    var server = new SoakServer();
    server.start(
        Transport.of(args[0]),
        Integer.parseInt(args[1]),
        TlsOptions.pkcs12(Path.of(args[2]), args[3]));
    server.obey(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
    // The connections need no farewell; what started this process is gone or done.
    Runtime.getRuntime().halt(0);
  }

  private void start(Transport transport, int addresses, TlsOptions tls) {
    pauses.listen();
    for (int number = 1; number <= addresses; number++) {
      servers.add(routes(WebSocketServer.at("127.0.0." + number + ":0"), transport).start());
    }
    servers.add(routes(WebSocketServer.at("127.0.0.1:0"), transport).tls(tls).start());
    say(
        servers.stream()
            .map(WebSocketServer::address)
            .collect(Collectors.joining(" ", "ready " + servers.getFirst().transport() + " ", "")));
    var sampler =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("soak-sampler").factory());
    sampler.scheduleAtFixedRate(() -> say("sample " + sample().words()), 1, 1, TimeUnit.SECONDS);
  }

  private WebSocketServerBuilder routes(WebSocketServerBuilder builder, Transport transport) {
    return builder
        .transport(transport)
        .callbacks("/echo", this::echoByCallbacks)
        .route("/loop", this::echoInLoop)
        .route(UNREAD, this::floodUnread)
        .route(SLOW, SoakServer::flood);
  }

  private void obey(BufferedReader commands) throws IOException {
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      if (line.equals("quiet")) {
        say("quiet " + quiet().words());
        // The loops are not to blame for these collections.
        probes.beginAnew();
      }
    }
  }

  private Figures quiet() throws IOException {
    // Twice: the first may leave what only the second finds to be unreachable.
    System.gc();
    double liveMib = LiveHeap.bytes() / 1048576.0;
    return sample().and(new Figures(Map.of(Figure.LIVE, liveMib)));
  }

  private synchronized Figures sample() {
    try {
      Map<Figure, Double> values = new EnumMap<>(figures.sample());
      values.put(
          Figure.CONNECTIONS,
          servers.stream().mapToDouble(server -> server.connections().size()).sum());
      values.put(Figure.MESSAGES, (double) messages.sumThenReset());
      values.put(Figure.GIVEN_UP, (double) givenUp.get());
      values.put(Figure.GIVEN_UP_AFTER, givenUpAfterNanos.get() / 1e9);
      return new Figures(values);
    } catch (IOException noSuchSystem) {
      throw new UncheckedIOException(noSuchSystem);
    }
  }

  private void echoByCallbacks(WebSocket ws) {
    probes.watchThisLoop();
    ws.onMessage(message -> {
      messages.increment();
      ws.send(message);
    });
    ignoreViolations(ws);
  }

  private void echoInLoop(WebSocket ws) {
    ignoreViolations(ws);
    for (Message message : ws) {
      messages.increment();
      ws.send(message);
    }
  }

  private void floodUnread(WebSocket ws) {
    long startNanos = System.nanoTime();
    flood(ws);
    ws.whenClosed().toCompletableFuture().join();
    long lifeNanos = System.nanoTime() - startNanos;
    // Else the peer was sent away because the load ended.
    if (lifeNanos < STALL_NANOS) return;
    givenUp.incrementAndGet();
    givenUpAfterNanos.accumulateAndGet(lifeNanos, Math::max);
  }

  private static void flood(WebSocket ws) {
    ignoreViolations(ws);
    try {
      for (int i = 0; i < FLOOD_MESSAGES; i++) ws.send(FLOOD);
    } catch (ConnectionClosedException asExpected) {
      // The peer left, or was given up.
    }
  }

  // Thousands of them would be in the log, one for each peer that misbehaves.
  private static void ignoreViolations(WebSocket ws) {
    ws.onError(ignored -> {});
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
