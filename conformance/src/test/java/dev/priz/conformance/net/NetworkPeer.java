package dev.priz.conformance.net;

import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import dev.priz.protocol.Timeouts;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;

/** A client as a program of its own, which says on its output what it sees. */
final class NetworkPeer {
  private NetworkPeer() {}

  /**
   * Connects and does what is asked.
   *
   * @param arguments "wait", an address, and the milliseconds of ping interval and pong time-out;
   *     or "echo", an address, and how many messages to send and to have back
   */
  public static void main(String[] arguments) throws InterruptedException {
    if (arguments[0].equals("wait")) {
      await(arguments[1], millis(arguments[2]), millis(arguments[3]));
    } else {
      echo(arguments[1], Integer.parseInt(arguments[2]));
    }
  }

  private static void await(String address, Duration ping, Duration pong) {
    var timeouts = Timeouts.DEFAULT.keepAlive(ping, pong);
    try (var client = WebSocketClient.builder().timeouts(timeouts).build()) {
      WebSocket ws = client.connect(address);
      say("open");
      say("closed " + ws.run().code());
    }
  }

  private static void echo(String address, int count) throws InterruptedException {
    try (var client = WebSocketClient.builder().build();
        WebSocket ws = client.connect(address)) {
      Thread sender =
          Thread.ofVirtual()
              .start(() -> {
                for (int i = 0; i < count; i++) ws.send(message(i));
              });
      for (int i = 0; i < count; i++) {
        String text = ws.receive().text();
        if (!text.equals(message(i))) {
          say("wrong at " + i + ": " + text);
          return;
        }
      }
      sender.join();
      say("in order");
    }
  }

  // Such as cannot be compressed to a few packets.
  private static String message(int i) {
    byte[] noise = new byte[i * 37 % 1_000];
    new Random(i).nextBytes(noise);
    return i + " " + HexFormat.of().formatHex(noise);
  }

  private static Duration millis(String number) {
    return Duration.ofMillis(Long.parseLong(number));
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
