package dev.priz.hub;

import dev.priz.json.Json;
import dev.priz.topic.Broker;
import dev.priz.topic.Member;
import dev.priz.topic.Position;
import dev.priz.topic.Presence;
import java.util.Base64;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What the server says in the subprotocol, as docs/topic-protocol.md has it. */
final class Frames {
  static final String PONG = "{\"type\":\"pong\"}";

  private Frames() {}

  static String message(String topic, Broker.Stored stored, Envelope envelope) {
    var out = new StringBuilder(128 + topic.length() + envelope.size());
    begin(out, "message", topic);
    out.append(",\"at\":\"").append(stored.position().at());
    out.append("\",\"prev\":\"").append(before(stored).at()).append("\",");
    switch (envelope.format()) {
      case JSON -> out.append("\"data\":").append(envelope.payloadText());
      case TEXT -> Json.quote(out.append("\"text\":"), envelope.payloadText());
      case BINARY ->
          out.append("\"base64\":\"")
              .append(Base64.getEncoder().encodeToString(envelope.payload()))
              .append('"');
    }
    return out.append('}').toString();
  }

  static String subscribed(
      long id,
      String topic,
      Position at,
      boolean recovered,
      @Nullable String me,
      @Nullable Presence presence) {
    var out = new StringBuilder(160);
    begin(out, "subscribed", topic).append(",\"id\":").append(id);
    position(out, at).append(",\"recovered\":").append(recovered);
    if (me != null) Json.quote(out.append(",\"me\":"), me);
    if (presence != null) presence(out, presence);
    return out.append('}').toString();
  }

  static String discontinuity(String topic, Position at, long dropped) {
    var out = new StringBuilder(128);
    position(begin(out, "discontinuity", topic), at);
    if (dropped > 0) out.append(",\"dropped\":").append(dropped);
    return out.append('}').toString();
  }

  /** The client does not get what was published, but its position has moved. */
  static String position(String topic, Position before, Position at) {
    var out = new StringBuilder(128);
    begin(out, "position", topic).append(",\"at\":\"").append(at.at());
    return out.append("\",\"prev\":\"").append(before.at()).append("\"}").toString();
  }

  static String presence(
      String topic, int count, Collection<Member> joined, Collection<Member> left) {
    var out = new StringBuilder(128);
    begin(out, "presence", topic).append(",\"count\":").append(count);
    members(out.append(",\"joined\":"), joined);
    members(out.append(",\"left\":"), left);
    return out.append('}').toString();
  }

  static String unsubscribed(String topic, @Nullable Long id, @Nullable String reason) {
    var out = begin(new StringBuilder(96), "unsubscribed", topic);
    if (id != null) out.append(",\"id\":").append(id.longValue());
    if (reason != null) Json.quote(out.append(",\"reason\":"), reason);
    return out.append('}').toString();
  }

  static String published(long id, Position at) {
    var out = new StringBuilder(96).append("{\"type\":\"published\",\"id\":").append(id);
    return position(out, at).append('}').toString();
  }

  static String members(long id, String topic, Presence presence) {
    var out = begin(new StringBuilder(96), "members", topic).append(",\"id\":").append(id);
    return presence(out, presence).append('}').toString();
  }

  static String error(@Nullable Long id, ErrorCode code, String message) {
    var out = new StringBuilder(96).append("{\"type\":\"error\"");
    if (id != null) out.append(",\"id\":").append(id.longValue());
    out.append(",\"code\":").append(code.code());
    return Json.quote(out.append(",\"message\":"), message).append('}').toString();
  }

  private static StringBuilder begin(StringBuilder out, String type, String topic) {
    out.append("{\"type\":\"").append(type).append("\",\"topic\":");
    return Json.quote(out, topic);
  }

  private static StringBuilder position(StringBuilder out, Position position) {
    Json.quote(out.append(",\"epoch\":"), position.epoch());
    return out.append(",\"at\":\"").append(position.at()).append('"');
  }

  private static StringBuilder presence(StringBuilder out, Presence presence) {
    out.append(",\"count\":").append(presence.count());
    return members(out.append(",\"members\":"), presence.members());
  }

  private static StringBuilder members(StringBuilder out, Collection<Member> members) {
    out.append('[');
    String separator = "";
    for (Member member : members) {
      Json.quote(out.append(separator).append("{\"id\":"), member.id());
      out.append(",\"value\":").append(member.value()).append('}');
      separator = ",";
    }
    return out.append(']');
  }

  private static Position before(Broker.Stored stored) {
    return new Position(stored.position().epoch(), stored.prevOffset(), stored.prevTag());
  }
}
