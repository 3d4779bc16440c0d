package dev.priz.demo;

import static java.util.Objects.requireNonNullElse;

import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.WebSocketServerBuilder;
import dev.priz.protocol.CloseCode;
import dev.priz.protocol.Text;
import dev.priz.topic.Publication;
import dev.priz.topic.SlowPolicy;
import dev.priz.topic.TopicOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A game for many players in real time: pages say in four bytes how they steer, and 20 times a
 * second all get one and the same {@link Snapshot} of the {@link Arena}. Who comes without a name
 * watches.
 */
final class Game implements Demo {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration TICK = Duration.ofMillis(1_000 / Arena.TICKS_PER_SECOND);
  private static final String SNAPSHOTS = "game/arena";
  private static final String STANDINGS = "game/standings";
  private static final int TICKS_PER_STANDINGS = Arena.TICKS_PER_SECOND / 2;
  private static final int MAX_NAME_LENGTH = 20;
  private static final int MAX_TOKEN_LENGTH = 64;
  // No page sends as many; but a bad network holds back what was sent in some seconds.
  private static final int MESSAGES_PER_TICK = 3;
  private static final int MAX_MESSAGES_AT_ONCE = 300;

  // With these a page predicts where its own plug will be. Made once, and not on an event loop.
  private static final Text RULES =
      new Text(
          JSON.createObjectNode()
              .put("type", "rules")
              .put("width", Arena.WIDTH)
              .put("height", Arena.HEIGHT)
              .put("ticksPerSecond", Arena.TICKS_PER_SECOND)
              .put("radius", Plug.RADIUS)
              .put("topSpeed", Plug.TOP_SPEED)
              .put("drag", Plug.DRAG)
              .put("dashSpeed", Plug.DASH_SPEED)
              .put("dashPauseTicks", Plug.DASH_PAUSE_TICKS)
              .toString());

  // The arena and the pilots belong to the thread of the tick, so that there is no lock that an
  // event loop could have to wait for. Who comes and goes waits here for the next tick. How a pilot
  // steers does not wait: only the newest counts, however much a client sends.
  private final Arena arena = new Arena(new SplittableRandom());
  private final Map<Plug, Pilot> pilots = new HashMap<>();
  private final Queue<Runnable> visits = new ConcurrentLinkedQueue<>();
  private int guests;

  /** A connection that steers a plug. */
  private static final class Pilot {
    final WebSocket ws;
    final AtomicInteger recentMessages = new AtomicInteger();
    volatile Plug.Steering steering = Plug.Steering.NONE;
    @Nullable Plug plug;

    Pilot(WebSocket ws) {
      this.ws = ws;
    }
  }

  private record Standing(int id, String name, int score, boolean bot) {}

  @Override
  public void configure(WebSocketServerBuilder builder) {
    TopicOptions options = TopicOptions.DEFAULT;
    builder
        .callbacks("/ws/game", this::open)
        // A page that reads too slowly skips snapshots: better a jump than the past.
        .topics(SNAPSHOTS, options.slow(SlowPolicy.DROP_OLDEST).waitingBytes(4 * 1024))
        .topics(STANDINGS, options.slow(SlowPolicy.CONFLATE));
  }

  @Override
  public void start(WebSocketServer server) {
    Pulse.every(TICK, server, () -> tick(server));
  }

  // On the connection's event loop, as all that it hears.
  private void open(WebSocket ws) {
    ws.sendAsync(RULES);
    ws.subscribe(SNAPSHOTS);
    ws.subscribe(STANDINGS);
    String name = ws.request().queryParameter("name");
    if (name == null) return;
    Pilot pilot = new Pilot(ws);
    ws.onBinary(message -> hear(pilot, message)); // and a text closes the connection with 1003
    ws.onClose(closed -> visits.add(() -> leave(pilot)));
    visits.add(() -> enter(pilot, name));
  }

  private static void hear(Pilot pilot, byte[] message) {
    Plug.Steering steering = Snapshot.steering(message);
    if (steering == null) {
      pilot.ws.closeAsync(CloseCode.POLICY_VIOLATION, "steering takes 4 bytes");
    } else if (pilot.recentMessages.incrementAndGet() > MAX_MESSAGES_AT_ONCE) {
      pilot.ws.closeAsync(CloseCode.POLICY_VIOLATION, "too many messages");
    } else {
      pilot.steering = steering;
    }
  }

  private void tick(WebSocketServer server) {
    for (Runnable visit; (visit = visits.poll()) != null; ) visit.run();
    boolean isWatched = server.topic(SNAPSHOTS).subscribers() > 0;
    if (!isWatched && arena.isDeserted()) return;
    pilots.forEach((plug, pilot) -> {
      plug.steer(pilot.steering);
      pilot.recentMessages.updateAndGet(count -> Math.max(0, count - MESSAGES_PER_TICK));
    });
    arena.tick();
    server.topic(SNAPSHOTS).publish(Snapshot.of(arena.now(), arena.plugs(), arena.sparks()));
    if (arena.now() % TICKS_PER_STANDINGS == 0) {
      server.topic(STANDINGS).publish(Publication.text(standings().toString()).key("all"));
    }
  }

  private void enter(Pilot pilot, String name) {
    String token = requireNonNullElse(pilot.ws.request().queryParameter("token"), "");
    // Without a proper one nobody comes back.
    boolean proper = !token.isEmpty() && token.length() <= MAX_TOKEN_LENGTH;
    Arena.Entrance entrance =
        arena.enter(proper ? token : UUID.randomUUID().toString(), cleaned(name));
    if (entrance == null) {
      tell(pilot.ws, JSON.createObjectNode().put("type", "full"));
      pilot.ws.closeAsync(CloseCode.TRY_AGAIN_LATER, "the arena is full; retry-after=5");
      return;
    }
    pilot.plug = entrance.plug();
    Pilot before = pilots.put(entrance.plug(), pilot);
    if (before != null) replace(before);
    ObjectNode welcome = JSON.createObjectNode().put("type", "welcome");
    tell(pilot.ws, welcome.put("id", entrance.plug().id).put("back", entrance.isBack()));
  }

  // The same page in a second tab, or a connection that ended without our knowing yet.
  private static void replace(Pilot before) {
    tell(before.ws, JSON.createObjectNode().put("type", "replaced"));
    before.ws.closeAsync(CloseCode.NORMAL, "the player is elsewhere");
  }

  private void leave(Pilot pilot) {
    Plug plug = pilot.plug;
    if (plug != null && pilots.remove(plug, pilot)) arena.leave(plug);
  }

  private ObjectNode standings() {
    return JSON.createObjectNode()
        .put("type", "standings")
        .put("round", arena.round())
        .put("secondsLeft", arena.secondsLeft())
        .putPOJO("winner", arena.winner())
        .putPOJO(
            "players",
            arena.plugs().stream()
                .map(plug -> new Standing(plug.id, plug.name, plug.score, plug.isBot))
                .toList());
  }

  private String cleaned(String name) {
    String line = name.replaceAll("[\\p{Cc}\\s]+", " ").strip();
    if (line.isEmpty()) return "Guest " + ++guests;
    boolean fits = line.codePointCount(0, line.length()) <= MAX_NAME_LENGTH;
    return fits ? line : line.substring(0, line.offsetByCodePoints(0, MAX_NAME_LENGTH));
  }

  private static void tell(WebSocket ws, ObjectNode event) {
    ws.sendAsync(new Text(event.toString()));
  }
}
