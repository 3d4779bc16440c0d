package dev.priz.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.priz.WebSocket;
import java.io.PrintStream;
import java.util.Scanner;

public class ChatClient {
  public static void main(String[] args) {
    talk(args[0], new Scanner(System.in, UTF_8), System.out);
  }

  static void talk(String address, Scanner lines, PrintStream out) {
    try (WebSocket ws = WebSocket.connect(address)) {
      ws.onText(out::println);
      ws.onClose(closed -> out.println("the end: " + closed));
      while (lines.hasNextLine()) ws.send(lines.nextLine());
    }
  }
}
