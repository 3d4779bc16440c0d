package dev.priz.demo;

import dev.priz.TopicRules;
import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.WebSocketServerBuilder;
import dev.priz.topic.Publication;
import dev.priz.topic.TopicOptions;
import dev.priz.topic.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * A live dashboard: readings of this machine, of its cores and of this program, and of other
 * machines that report here. Each has a topic that keeps ten minutes, so that a page has them at
 * once, and misses nothing when its connection was lost.
 */
final class Dashboard implements Demo, TopicRules {
  /** Where it is told, again and again, which topics with readings there are. */
  static final String MACHINES = "dashboard/machines";

  private static final String PREFIX = "dashboard/";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();
  private static final Duration ANNOUNCED_EVERY = Duration.ofSeconds(5);
  private static final int MAX_REPORTERS = 20;

  private final Duration interval;
  private final Machine machine = new Machine();
  private final Program program = new Program();
  private final List<Announcement> own;
  private final Map<String, WebSocket> reporters = new ConcurrentHashMap<>();

  private record Announcement(String topic, String about) {}

  /** A dashboard with one reading in each interval. */
  Dashboard(Duration interval) {
    this.interval = interval;
    own =
        List.of(
            new Announcement(machineTopic(), "the machine behind this page"),
            new Announcement(coresTopic(), "each core of that machine"),
            new Announcement(programTopic(), "the program with these demos"));
  }

  @Override
  public void configure(WebSocketServerBuilder builder) {
    builder
        // For a page that knows nothing of topics: new WebSocket("ws://…/ws/dashboard") is enough.
        .route(
            "/ws/dashboard",
            ws -> {
              ws.subscribe(machineTopic());
              ws.run(); // reads until the page has gone, and drops what it says
            })
        .topicsAt("/ws/dashboard/topics", this)
        .topics(MACHINES, TopicOptions.DEFAULT.history(100, ANNOUNCED_EVERY.multipliedBy(3)))
        .topics(PREFIX + "*", TopicOptions.DEFAULT.history(600, Duration.ofMinutes(10)));
  }

  @Override
  public void start(WebSocketServer server) {
    // Measuring takes the whole interval.
    Pulse.every(interval, server, () -> measure(server));
    Pulse.every(ANNOUNCED_EVERY, server, () -> announceAll(server));
  }

  @Override
  public Verdict subscribe(WebSocket ws, String topic) {
    return topic.startsWith(PREFIX) ? Verdict.allow() : Verdict.refuse("here are readings only");
  }

  /** Another machine may report under a name of its own for as long as it is connected. */
  @Override
  public Verdict publish(WebSocket ws, String topic, Publication publication) {
    boolean isOurs = own.stream().anyMatch(each -> each.topic.equals(topic));
    if (!topic.startsWith(PREFIX) || topic.equals(MACHINES) || isOurs) {
      return Verdict.refuse("nobody else may report under this name");
    }
    Machine.Reading reading = readingOf(publication);
    if (reading == null) return Verdict.refuse("this is no reading");
    if (reporters.size() >= MAX_REPORTERS && !reporters.containsKey(topic)) {
      return Verdict.refuse("more machines than fit a page");
    }
    WebSocket owner =
        reporters.compute(topic, (name, old) -> old == null || !old.isOpen() ? ws : old);
    // Not what was sent, but what of it is a reading: pages need not be on their guard.
    return owner == ws
        ? Verdict.allow().publish(json(reading))
        : Verdict.refuse("another machine has this name");
  }

  private static Machine.@Nullable Reading readingOf(Publication publication) {
    try {
      return JSON.readValue(publication.payloadText(), Machine.Reading.class);
    } catch (JacksonException malformed) {
      return null;
    }
  }

  private void measure(WebSocketServer server) {
    server.topic(machineTopic()).publish(json(machine.measure(interval)));
    server.topic(coresTopic()).publish(json(machine.measureCores()));
    server.topic(programTopic()).publish(json(program.measure()));
  }

  private void announceAll(WebSocketServer server) {
    own.forEach(each -> announce(server, each));
    reporters.values().removeIf(ws -> !ws.isOpen());
    for (String topic : reporters.keySet()) {
      announce(server, new Announcement(topic, "a machine that reports here"));
    }
  }

  private static void announce(WebSocketServer server, Announcement announcement) {
    server.topic(MACHINES).publish(json(announcement));
  }

  private static Publication json(Object value) {
    return Publication.json(JSON.writeValueAsString(value));
  }

  private String machineTopic() {
    return PREFIX + machine.host();
  }

  private String coresTopic() {
    return machineTopic() + "/cores";
  }

  private String programTopic() {
    return machineTopic() + "/program";
  }
}
