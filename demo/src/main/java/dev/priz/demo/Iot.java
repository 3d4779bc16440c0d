package dev.priz.demo;

import dev.priz.TopicClient;
import dev.priz.TopicClientBuilder;
import dev.priz.TopicRules;
import dev.priz.WebSocket;
import dev.priz.WebSocketClient;
import dev.priz.WebSocketServer;
import dev.priz.WebSocketServerBuilder;
import dev.priz.demo.Device.Kind;
import dev.priz.topic.Publication;
import dev.priz.topic.TopicOptions;
import dev.priz.topic.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A greenhouse with two dozen devices. Each has a connection of its own, and pages watch and
 * command them. All of it is topics:
 *
 * <pre>
 * iot/readings     what devices measure; kept, so that a page begins with the last minutes
 * iot/online       who is present in it is online
 * iot/ID/commands  what a device is told; kept for one that is away
 * iot/plugs        whose plug is pulled or put back
 * </pre>
 */
final class Iot implements Demo, TopicRules {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> HOUSES = List.of("citrus", "ferns", "orchids", "seedlings");
  private static final Duration UNPLUGGED = Duration.ofSeconds(20);
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final Pattern COMMANDS = Pattern.compile("iot/([a-z-]+)/commands");
  private static final int MAX_COMMAND_BYTES = 256;

  // Only our devices know it, so nobody else can report readings.
  private final String key = UUID.randomUUID().toString();
  private final Map<String, Device> devices = new ConcurrentHashMap<>();

  @Override
  public void configure(WebSocketServerBuilder builder) {
    builder
        .topicsAt("/ws/iot", this)
        .topics("iot/readings", TopicOptions.DEFAULT.history(1_000, KEPT))
        .topics("iot/*", TopicOptions.DEFAULT.history(20, KEPT));
  }

  @Override
  public void start(WebSocketServer server) {
    // One event loop is enough for all of them.
    WebSocketClient network =
        WebSocketClient.builder()
            .subprotocols(TopicClient.SUBPROTOCOL)
            .header("Device-Key", key)
            .build();
    TopicClientBuilder connection =
        TopicClient.builder(server.address() + "/ws/iot").client(network);
    for (String house : HOUSES) {
      for (Kind kind : Kind.values()) {
        Device device = new Device(house, kind, connection);
        devices.put(device.id(), device);
        device.start();
      }
    }
    TopicClient hand = connection.connect();
    hand.subscribe("iot/plugs", message -> plug(JSON.readTree(message.text())));
    Thread.ofVirtual()
        .name("iot end")
        .start(() -> {
          server.join();
          devices.values().forEach(Device::close);
          hand.close();
          network.close();
        });
  }

  /** All may watch. Pages are present as such, so that none can pass for a device. */
  @Override
  public Verdict subscribe(WebSocket ws, String topic) {
    if (!topic.startsWith("iot/")) return Verdict.refuse("only iot/ is here");
    boolean isPage = topic.equals("iot/online") && !isDevice(ws);
    return isPage ? Verdict.allow().present("\"page\"") : Verdict.allow();
  }

  /** Devices report readings, pages give commands and pull plugs. */
  @Override
  public Verdict publish(WebSocket ws, String topic, Publication publication) {
    if (topic.equals("iot/readings")) {
      return isDevice(ws) ? Verdict.allow() : Verdict.refuse("only devices report readings");
    }
    Matcher commands = COMMANDS.matcher(topic);
    boolean known = commands.matches() && devices.containsKey(commands.group(1));
    boolean fits = publication.size() <= MAX_COMMAND_BYTES;
    return fits && (known || topic.equals("iot/plugs"))
        ? Verdict.allow()
        : Verdict.refuse("no command for a device");
  }

  private void plug(JsonNode wish) {
    Device device = devices.get(wish.path("device").asString(""));
    if (device == null) return;
    if (wish.path("plugged").asBoolean(true)) device.plugIn();
    else device.unplug(UNPLUGGED);
  }

  private boolean isDevice(WebSocket ws) {
    return key.equals(ws.request().headers().first("Device-Key"));
  }
}
