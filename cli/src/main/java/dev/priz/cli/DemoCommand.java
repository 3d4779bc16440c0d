package dev.priz.cli;

import dev.priz.WebSocketServer;
import dev.priz.demo.DemoServer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code priz demo}: the demos, with their pages. */
@Command(
    name = "demo",
    description = {
      "Starts the demos and prints the address of their pages, for a browser.",
      "Ctrl-C or SIGTERM closes all connections with code 1001."
    })
final class DemoCommand implements Callable<Integer> {
  private final Streams streams;

  @Mixin private final Serving serving = new Serving(8080);

  DemoCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    return serving.run(address -> DemoServer.start(serving.host(), serving.port()), this::announce);
  }

  private void announce(WebSocketServer server) {
    String root = "http://" + Serving.authority(reachable(serving.host()), server.port()) + "/";
    streams.println("open " + root);
    streams.println("  " + root + "chat           rooms for everyone who opens the page");
    streams.println("  " + root + "notifications  toasts in every tab of a user");
    streams.println("  " + root + "game           an arena for many players");
    streams.println("  " + root + "prices         a market of 300 prices");
    streams.println("  " + root + "iot            a greenhouse of devices");
    streams.println("  " + root + "editor         one text that many write in");
    streams.println("  " + root + "dashboard      this machine, once a second");
    streams.println("Ctrl-C ends it");
  }

  // A browser cannot open the address that stands for all.
  private static String reachable(String host) {
    return switch (host) {
      case "0.0.0.0" -> "127.0.0.1";
      case "::" -> "::1";
      default -> host;
    };
  }
}
