package dev.priz.demo;

import static java.util.Objects.requireNonNullElse;

import dev.priz.WebSocket;
import dev.priz.WebSocketServerBuilder;
import dev.priz.protocol.Binary;
import dev.priz.protocol.CloseCode;
import dev.priz.protocol.Message;
import dev.priz.protocol.Text;
import dev.priz.topic.Publication;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Texts that many type in at once. The pages merge what is typed, with Yjs. The server passes their
 * updates on and keeps them for those who come later, and need not understand a byte of them.
 */
final class Editor implements Demo {
  static final int MAX_DOCUMENTS = 64;

  /** What the updates of a document may take; one that is too much is refused, and not kept. */
  static final int MAX_DOCUMENT_BYTES = 512 * 1024;

  // However small an update is, it takes memory.
  private static final int OVERHEAD_BYTES = 64;
  private static final int MAX_PERSON_LENGTH = 2_000;
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_-]{1,40}");
  private static final JsonMapper JSON = new JsonMapper();

  // The one that was opened longest ago is the first.
  private final Map<String, Document> documents = new LinkedHashMap<>(16, 0.75f, true);

  @Override
  public void configure(WebSocketServerBuilder builder) {
    builder.route("/ws/editor", this::edit);
  }

  private void edit(WebSocket ws) {
    String name = requireNonNullElse(ws.request().queryParameter("doc"), "");
    if (!NAME.matcher(name).matches()) {
      ws.close(CloseCode.POLICY_VIOLATION, "not a document's name");
      return;
    }
    Visit visit = open(name, ws);
    if (visit == null) {
      ws.close(CloseCode.TRY_AGAIN_LATER, "all documents are in use");
      return;
    }
    try {
      for (Message message : ws) visit.receive(message);
    } catch (JacksonException | IllegalArgumentException malformed) {
      ws.close(CloseCode.POLICY_VIOLATION, "malformed");
    } finally {
      visit.document.leave(visit);
    }
  }

  // Not while the same document is forgotten: hence one at a time.
  private synchronized @Nullable Visit open(String name, WebSocket ws) {
    if (!documents.containsKey(name) && documents.size() == MAX_DOCUMENTS) {
      var unused = documents.values().stream().filter(Document::isEmpty).findFirst();
      if (unused.isEmpty()) return null;
      documents.values().remove(unused.get());
    }
    return documents.computeIfAbsent(name, Document::new).enter(ws);
  }

  private static ObjectNode event(String type, int id) {
    return JSON.createObjectNode().put("type", type).put("id", id);
  }

  /** Someone in a document: binary messages are updates, text is about people and the store. */
  private record Visit(Document document, WebSocket ws, int id) {
    void receive(Message message) {
      if (message instanceof Binary(byte[] update)) {
        document.add(this, update);
      } else {
        JsonNode said = JSON.readTree(message.text());
        switch (said.path("type").asString("")) {
          case "person" -> document.show(this, message.text(), (ObjectNode) said);
          case "merged" ->
              document.merge(said.path("number").asLong(0), said.path("state").binaryValue());
          default -> {}
        }
      }
    }
  }

  /** One text: the updates that make it, in the order in which all get them, and who is there. */
  private static final class Document {
    private final String topic;
    private final Map<Integer, ObjectNode> people = new LinkedHashMap<>();
    private List<byte[]> updates = new ArrayList<>();
    // The number of the latest update: how many there were, also of those that are merged by now.
    private long number;
    private int lastId;

    Document(String name) {
      topic = "editor/" + name;
    }

    synchronized boolean isEmpty() {
      return people.isEmpty();
    }

    synchronized Visit enter(WebSocket ws) {
      int id = ++lastId;
      ObjectNode welcome =
          event("welcome", id).put("number", number).put("updates", updates.size());
      ws.sendAsync(new Text(JSON.writeValueAsString(welcome.putPOJO("people", people.values()))));
      for (byte[] update : updates) ws.sendAsync(new Binary(update));
      ws.subscribe(topic); // what is published from now on comes after all that
      people.put(id, event("person", id));
      return new Visit(this, ws, id);
    }

    // The author gets it back with all others: so everyone counts the same updates.
    synchronized void add(Visit author, byte[] update) {
      if (bytes(updates) + update.length + OVERHEAD_BYTES > MAX_DOCUMENT_BYTES) {
        tell(author, event("full", author.id)); // after all that the author sent before
        return;
      }
      number++;
      updates.add(update);
      author.ws.publish(topic, Publication.binary(update));
    }

    // A page has made one update of all up to a number: it takes their place, and what came later
    // stays.
    synchronized void merge(long upTo, byte[] state) {
      long merged = updates.size() - (number - upTo);
      if (merged < 1 || merged > updates.size()) return;
      List<byte[]> kept = new ArrayList<>(List.of(state));
      kept.addAll(updates.subList((int) merged, updates.size()));
      if (bytes(kept) <= MAX_DOCUMENT_BYTES) updates = kept;
    }

    synchronized void show(Visit visit, String said, ObjectNode person) {
      if (said.length() > MAX_PERSON_LENGTH) throw new IllegalArgumentException("too long");
      person.put("type", "person").put("id", visit.id);
      tell(visit, person); // refuses what cannot be sent, before it is kept
      people.put(visit.id, person);
    }

    synchronized void leave(Visit visit) {
      people.remove(visit.id);
      tell(visit, event("left", visit.id));
    }

    private void tell(Visit visit, ObjectNode event) {
      visit.ws.publish(topic, Publication.text(JSON.writeValueAsString(event)));
    }

    private static int bytes(List<byte[]> updates) {
      return updates.stream().mapToInt(update -> update.length + OVERHEAD_BYTES).sum();
    }
  }
}
