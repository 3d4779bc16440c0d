package dev.priz.docs;

import dev.priz.Codec;
import dev.priz.TypedWebSocket;
import dev.priz.WebSocket;
import dev.priz.protocol.PreparedMessage;
import java.util.Collection;
import tools.jackson.databind.json.JsonMapper;

/** The code of how-to/json.md. */
final class JsonExample {
  static final JsonMapper JSON = new JsonMapper();

  record Reading(String sensor, double value) {}

  static final Codec<Reading> READINGS =
      Codec.text(JSON::writeValueAsString, json -> JSON.readValue(json, Reading.class));

  private JsonExample() {}

  static void loop(WebSocket ws) {
    TypedWebSocket<Reading> readings = ws.as(READINGS);
    for (Reading reading : readings) {
      if (reading.value() > 100) readings.send(new Reading(reading.sensor(), 100));
    }
  }

  static void callbacks(WebSocket ws) {
    TypedWebSocket<Reading> readings = ws.as(READINGS);
    readings.onMessage(reading -> {
      if (reading.value() > 100) readings.send(new Reading(reading.sensor(), 100));
    });
  }

  static double ask(String address) {
    try (TypedWebSocket<Reading> readings = WebSocket.connect(address).as(READINGS)) {
      readings.send(new Reading("oven", 240));
      return readings.receive().value();
    }
  }

  static void broadcast(Collection<WebSocket> viewers, Reading reading) {
    PreparedMessage encodedOnce = READINGS.prepare(reading);
    for (WebSocket viewer : viewers) viewer.send(encodedOnce);
  }
}
