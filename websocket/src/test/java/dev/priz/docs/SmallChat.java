package dev.priz.docs;

import dev.priz.WebSocket;
import dev.priz.WebSocketServer;
import dev.priz.protocol.Message;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

public class SmallChat {
  static final Set<WebSocket> ROOM = ConcurrentHashMap.newKeySet();

  public static void main(String[] args) {
    WebSocketServer.at("127.0.0.1:8080").route("/chat", SmallChat::talk).start();
  }

  static void talk(WebSocket ws) {
    ROOM.add(ws);
    try {
      for (Message message : ws) ROOM.forEach(one -> one.sendAsync(message));
    } finally {
      ROOM.remove(ws);
    }
  }
}
