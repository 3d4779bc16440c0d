package dev.priz.docs;

import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.protocol.Message;
import dev.priz.protocol.Text;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

public class NamedChat {
  static final Set<WebSocket> ROOM = ConcurrentHashMap.newKeySet();

  public static void main(String[] args) {
    WebSocketServer.at("127.0.0.1:8080").route("/chat/{name}", NamedChat::talk).start();
  }

  static void talk(WebSocket ws) {
    String name = ws.pathParameter("name");
    ROOM.add(ws);
    tellAll(name + " joined");
    try {
      for (Message message : ws) {
        if (message instanceof Text text) tellAll(name + ": " + text.text());
      }
    } finally {
      ROOM.remove(ws);
      tellAll(name + " left");
    }
  }

  static void tellAll(String line) {
    ROOM.forEach(one -> one.sendAsync(new Text(line)));
  }
}
