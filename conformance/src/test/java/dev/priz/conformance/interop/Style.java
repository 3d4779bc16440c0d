package dev.priz.conformance.interop;

import dev.priz.ConnectionClosedException;
import dev.priz.WebSocket;
import dev.priz.protocol.Binary;
import dev.priz.protocol.Message;
import dev.priz.protocol.Ping;
import dev.priz.protocol.Pong;
import dev.priz.protocol.Text;

/** The two ways to use Priz. In both, text and binary messages are sent back as they come. */
enum Style {
  LOOP {
    @Override
    void converse(WebSocket ws, Heard heard) {
      for (Message message : ws.showControlFrames()) {
        heard.add(message);
        if (message instanceof Text || message instanceof Binary) echo(ws, message);
      }
    }
  },
  CALLBACKS {
    @Override
    void converse(WebSocket ws, Heard heard) {
      ws.onText(
              text -> {
                heard.add(new Text(text));
                ws.send(text);
              })
          .onBinary(data -> {
            heard.add(new Binary(data));
            ws.send(data);
          })
          .onPing(data -> heard.add(new Ping(data)))
          .onPong(data -> heard.add(new Pong(data)));
    }
  };

  /** Echoes; up to the end of the connection, or from now on. */
  abstract void converse(WebSocket ws, Heard heard);

  private static void echo(WebSocket ws, Message message) {
    try {
      ws.send(message);
    } catch (ConnectionClosedException closedBehindTheMessage) {
      // What came before the peer's Close frame is still to be heard.
    }
  }
}
