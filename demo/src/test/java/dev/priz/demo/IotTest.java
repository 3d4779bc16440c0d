package dev.priz.demo;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.priz.PresenceChange;
import dev.priz.TopicClient;
import dev.priz.WebSocketServer;
import dev.priz.WebSocketServerBuilder;
import dev.priz.topic.Member;
import dev.priz.topic.Outcome;
import dev.priz.topic.Publication;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The greenhouse as a page sees it. */
final class IotTest {
  // Such as that of the client that everyone shares.
  private static final Set<Thread> OTHERS = clientThreads();

  private static final JsonMapper JSON = new JsonMapper();
  private static final int DEVICES = 24;

  @AutoClose private final WebSocketServer server = start();

  @AutoClose private final TopicClient page = TopicClient.connect(server.address() + "/ws/iot");

  private final BlockingQueue<JsonNode> readings = new LinkedBlockingQueue<>();
  private final BlockingQueue<PresenceChange> presence = new LinkedBlockingQueue<>();

  @Test
  void hasTwoDozenDevicesThatReport() throws Exception {
    watch();
    Set<String> devices = new HashSet<>();

    while (devices.size() < DEVICES) devices.add(reading(any -> true).get("device").asString());

    assertThat(devices).contains("citrus-lamp", "seedlings-vent").allMatch(id -> id.contains("-"));
  }

  @Test
  void tellsTheStateWithEachReading() throws Exception {
    watch();

    JsonNode reading = reading(from("citrus-heater"));

    assertThat(reading.propertyNames())
        .containsExactlyInAnyOrder(
            "device", "house", "kind", "unit", "low", "high", "value", "target", "on", "seconds",
            "time", "late", "done");
    assertThat(reading.get("value").asDouble()).isBetween(5.0, 40.0);
    assertThat(reading.get("on").asBoolean()).isTrue();
  }

  @Test
  void followsCommands() throws Exception {
    watch();
    reading(from("ferns-lamp"));

    publish("iot/ferns-lamp/commands", "{\"id\":\"c1\",\"on\":false,\"target\":99,\"seconds\":0}");

    JsonNode reading = reading(done("c1"));
    assertThat(reading.get("device").asString()).isEqualTo("ferns-lamp");
    assertThat(reading.get("on").asBoolean()).isFalse();
    assertThat(reading.get("target").asDouble()).as("the most that it can be").isEqualTo(20);
    assertThat(reading.get("seconds").asInt()).as("the least").isOne();
  }

  @Test
  void ignoresWhatIsNoCommand() throws Exception {
    watch();
    reading(from("ferns-lamp"));

    publish("iot/ferns-lamp/commands", "[1]");
    publish("iot/ferns-lamp/commands", "{\"id\":{},\"on\":\"maybe\",\"target\":\"hot\"}");
    publish("iot/ferns-lamp/commands", "{\"id\":\"c1\",\"target\":7}");

    JsonNode reading = reading(done("c1"));
    assertThat(reading.get("on").asBoolean()).isTrue();
    assertThat(reading.get("target").asDouble()).isEqualTo(7);
  }

  @Test
  void tellsAnUnpluggedDeviceWhenItIsBack() throws Exception {
    watch();
    untilPresent(DEVICES);
    reading(from("orchids-pump"));

    publish("iot/plugs", "{\"device\":\"orchids-pump\",\"plugged\":false}");
    assertThat(change(PresenceChange::left)).isEqualTo("\"orchids-pump\"");
    publish("iot/orchids-pump/commands", "{\"id\":\"c1\",\"on\":false}");
    publish("iot/plugs", "{\"device\":\"orchids-pump\",\"plugged\":true}");

    assertThat(change(PresenceChange::joined)).isEqualTo("\"orchids-pump\"");
    assertThat(reading(done("c1")).get("on").asBoolean()).isFalse();
  }

  @Test
  void countsPagesAsPages() throws Exception {
    page.subscription("iot/online").present("\"citrus-lamp\"").onPresence(presence::add).start();

    PresenceChange first = presence.poll(20, SECONDS);

    assertThat(first.presence().members())
        .filteredOn(member -> member.id().equals(first.me()))
        .extracting(Member::value)
        .containsExactly("\"page\"");
  }

  @ParameterizedTest
  @CsvSource({
    "iot/readings, only devices report readings",
    "iot/nothing/commands, no command for a device",
    "iot/commands, no command for a device",
    "iot/online, no command for a device",
    "elsewhere, no command for a device"
  })
  void refusesWhatIsNotForPages(String topic, String reason) throws Exception {
    Outcome outcome = publish(topic, "{}");

    assertThat(outcome).isEqualTo(new Outcome.Rejected(Outcome.Reason.NOT_ALLOWED, reason));
  }

  @Test
  void refusesLongCommands() throws Exception {
    Outcome outcome = publish("iot/plugs", "\"" + "x".repeat(255) + "\"");

    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void leavesNoThreadBehind() throws Exception {
    page.close();
    server.close();

    long deadline = System.nanoTime() + SECONDS.toNanos(20);
    while (hasNewClientThreads() && System.nanoTime() - deadline < 0) Thread.onSpinWait();
    assertThat(hasNewClientThreads()).isFalse();
  }

  private static WebSocketServer start() {
    var iot = new Iot();
    WebSocketServerBuilder builder = WebSocketServer.at("127.0.0.1:0");
    iot.configure(builder);
    WebSocketServer server = builder.start();
    iot.start(server);
    return server;
  }

  private void watch() {
    page.subscription("iot/readings")
        .last(1_000)
        .onMessage(message -> readings.add(JSON.readTree(message.text())))
        .start();
    page.subscription("iot/online").onPresence(presence::add).start();
  }

  private Outcome publish(String topic, String json) throws Exception {
    return page.publish(topic, Publication.json(json)).toCompletableFuture().get(20, SECONDS);
  }

  private JsonNode reading(Predicate<JsonNode> wanted) throws InterruptedException {
    while (true) {
      JsonNode reading = readings.poll(20, SECONDS);
      if (reading == null) throw new AssertionError("no such reading");
      if (wanted.test(reading)) return reading;
    }
  }

  private void untilPresent(int devices) throws InterruptedException {
    PresenceChange change;
    do {
      change = presence.poll(20, SECONDS);
      if (change == null) throw new AssertionError("not all devices are there");
    } while (change.presence().count() < devices + 1);
  }

  private String change(Function<PresenceChange, List<Member>> of) throws InterruptedException {
    while (true) {
      PresenceChange change = presence.poll(20, SECONDS);
      if (change == null) throw new AssertionError("nobody comes or goes");
      if (!of.apply(change).isEmpty()) return of.apply(change).getFirst().value();
    }
  }

  private static Predicate<JsonNode> from(String device) {
    return reading -> reading.get("device").asString().equals(device);
  }

  private static Predicate<JsonNode> done(String command) {
    return reading ->
        reading.get("done").valueStream().anyMatch(id -> id.asString().equals(command));
  }

  private static boolean hasNewClientThreads() {
    return !OTHERS.containsAll(clientThreads());
  }

  private static Set<Thread> clientThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("priz-client"))
        .collect(Collectors.toSet());
  }
}
