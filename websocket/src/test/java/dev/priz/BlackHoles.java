package dev.priz;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Addresses of this machine, of which one port neither takes a connection nor refuses it: their
 * listeners have all the connections that they hold for an application.
 */
final class BlackHoles implements AutoCloseable {
  private static final int QUEUE = 1;
  private static final String CONNECTING = "02";

  private final List<Closeable> open = new ArrayList<>();
  private final List<InetAddress> addresses = new ArrayList<>();
  private final int port;

  private BlackHoles(int port) {
    this.port = port;
  }

  /** So many, 127.0.0.2 and on, all with this port; 0 for any, of one black hole. */
  static BlackHoles dig(int count, int port) throws IOException {
    List<ServerSocket> listeners = new ArrayList<>();
    int common = port;
    for (int i = 0; i < count; i++) {
      listeners.add(new ServerSocket(common, QUEUE, address(i + 2)));
      common = listeners.getFirst().getLocalPort();
    }
    var holes = new BlackHoles(common);
    holes.open.addAll(listeners);
    for (ServerSocket listener : listeners) holes.fill(listener);
    return holes;
  }

  /** 127.0.0.n. */
  static InetAddress address(int n) throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) n});
  }

  List<InetAddress> addresses() {
    return List.copyOf(addresses);
  }

  int port() {
    return port;
  }

  /** Waits until sockets of this machine try to connect to the port, or do not any more. */
  void await(boolean connecting) {
    Soon.holds(
        () -> connecting() > 0 == connecting, "connecting to port " + port + ": " + connecting);
  }

  /** How many sockets of this machine try to connect to the port. */
  long connecting() {
    String remote = String.format(Locale.ROOT, ":%04X", port);
    return Stream.concat(lines("/proc/net/tcp"), lines("/proc/net/tcp6"))
        .map(line -> line.strip().split("\\s+"))
        .filter(column -> column[2].endsWith(remote) && column[3].equals(CONNECTING))
        .count();
  }

  @Override
  public void close() throws IOException {
    for (Closeable each : open) each.close();
  }

  private void fill(ServerSocket listener) throws IOException {
    addresses.add(listener.getInetAddress());
    var target = new InetSocketAddress(listener.getInetAddress(), port);
    // Linux holds one more than it was told.
    for (int i = 0; i <= QUEUE; i++) {
      var socket = new Socket();
      open.add(socket);
      socket.connect(target, 10_000);
    }
  }

  private static Stream<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file)).stream().skip(1);
    } catch (NoSuchFileException noIpv6) {
      return Stream.empty();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
