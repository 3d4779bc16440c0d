package dev.priz.docs;

import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.protocol.Text;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

public class CallbackChat {
  static final Set<WebSocket> ROOM = ConcurrentHashMap.newKeySet();

  public static void main(String[] args) {
    WebSocketServer.at("127.0.0.1:8080").callbacks("/chat/{name}", CallbackChat::join).start();
  }

  static void join(WebSocket ws) {
    String name = ws.pathParameter("name");
    ROOM.add(ws);
    tellAll(name + " joined");
    ws.onText(text -> tellAll(name + ": " + text));
    ws.onClose(closed -> {
      ROOM.remove(ws);
      tellAll(name + " left");
    });
  }

  static void tellAll(String line) {
    ROOM.forEach(one -> one.sendAsync(new Text(line)));
  }
}
