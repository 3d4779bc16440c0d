package dev.priz;

import dev.priz.protocol.PreparedMessage;
import java.util.Collection;
import tools.jackson.databind.json.JsonMapper;

/** The examples of codecs in the Javadoc. */
final class CodecExample {
  private static final JsonMapper JSON = new JsonMapper();

  // @start region="json"
  record Stats(double cpu, double memory) {}

  static final Codec<Stats> STATS =
      Codec.text(JSON::writeValueAsString, json -> JSON.readValue(json, Stats.class));

  // @end

  private CodecExample() {}

  static double highest(String address) {
    double highest = 0;
    // @start region="loop"
    try (TypedWebSocket<Stats> readings = WebSocket.connect(address).as(STATS)) {
      for (Stats stats : readings) highest = Math.max(highest, stats.cpu());
    }
    // @end
    return highest;
  }

  static void broadcast(Collection<WebSocket> viewers, Stats stats) {
    PreparedMessage encodedOnce = STATS.prepare(stats);
    viewers.forEach(viewer -> viewer.send(encodedOnce));
  }
}
