package dev.priz.conformance.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.java_websocket.WebSocket;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.enums.Opcode;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension;
import org.java_websocket.framing.Framedata;
import org.java_websocket.framing.PingFrame;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.Handshakedata;
import org.java_websocket.handshake.ServerHandshake;
import org.java_websocket.handshake.ServerHandshakeBuilder;
import org.java_websocket.protocols.IProtocol;
import org.java_websocket.protocols.Protocol;
import org.java_websocket.server.WebSocketServer;

/** Java-WebSocket, by Nathan Rajlich and others. */
final class JavaWebSocketPeer {
  private JavaWebSocketPeer() {}

  static final class Client extends PeerClient {
    @Override
    Set<Ability> lacks() {
      // Of a refusal it tells the status only, in the text of the reason. Once it closes, whatever
      // comes in next interrupts the thread that writes. A Ping between two fragments makes it
      // forget that their message is compressed.
      return Set.of(
          Ability.SEES_REFUSAL_BODY,
          Ability.CLOSES_RELIABLY,
          Ability.CLOSES_WHILE_RECEIVING,
          Ability.COMPRESSES_EVERYTHING);
    }

    @Override
    PeerConnection connect(String address) throws Exception {
      var channel = new ClientChannel(URI.create(address));
      channel.setConnectionLostTimeout(0);
      if (!channel.connectBlocking(Heard.DEADLINE_SECONDS, SECONDS)) throw channel.refusal();
      return channel.connection.get(Heard.DEADLINE_SECONDS, SECONDS);
    }

    @Override
    void stop() {}
  }

  static final class Server extends PeerServer {
    private static final int REMINDER_MILLIS = 50;

    private final ServerChannel channel = new ServerChannel(visitors());
    private final ScheduledExecutorService reminder = Executors.newSingleThreadScheduledExecutor();

    Server() throws Exception {
      channel.setReuseAddr(true);
      channel.setConnectionLostTimeout(0);
      channel.start();
      channel.started.get(Heard.DEADLINE_SECONDS, SECONDS);
      reminder.scheduleWithFixedDelay(
          channel::writeWhatIsLeft, REMINDER_MILLIS, REMINDER_MILLIS, MILLISECONDS);
    }

    @Override
    Set<Ability> lacks() {
      // It refuses with 404 and a page of its own. It closes TCP behind its Close frame, which
      // resets the connection if messages still come in. A Ping between two fragments makes it
      // forget that their message is compressed.
      return Set.of(
          Ability.CHOOSES_REFUSAL, Ability.CLOSES_WHILE_RECEIVING, Ability.COMPRESSES_EVERYTHING);
    }

    @Override
    int port() {
      return channel.getPort();
    }

    @Override
    void stop() throws InterruptedException {
      reminder.shutdownNow();
      channel.stop(1_000);
    }
  }

  private static Draft draft(List<String> subprotocols) {
    List<IProtocol> protocols = subprotocols.stream().<IProtocol>map(Protocol::new).toList();
    return new Draft_6455(List.of(new PerMessageDeflateExtension()), protocols);
  }

  private static final class ClientChannel extends WebSocketClient {
    private static final Pattern STATUS = Pattern.compile("HTTP/1.1 (\\d{3}) ");

    final CompletableFuture<Connection> connection = new CompletableFuture<>();
    private volatile String reason = "";

    ClientChannel(URI address) {
      super(address, draft(Contract.OFFERED), Map.of(Contract.REQUEST_HEADER, Contract.TOKEN));
    }

    RefusedException refusal() {
      Matcher status = STATUS.matcher(reason);
      return new RefusedException(status.find() ? Integer.parseInt(status.group(1)) : 0, "");
    }

    @Override
    public void onOpen(ServerHandshake response) {
      connection.complete(new Connection(getConnection(), response));
    }

    @Override
    public void onMessage(String text) {
      connection.join().heard.text(text);
    }

    @Override
    public void onMessage(ByteBuffer data) {
      connection.join().heard.binary(data);
    }

    @Override
    public void onWebsocketPong(WebSocket ws, Framedata pong) {
      connection.join().heard.pong(pong.getPayloadData());
    }

    @Override
    public void onClose(int code, String why, boolean remote) {
      reason = why;
      if (connection.isDone()) connection.join().heard.end(code, why);
    }

    @Override
    public void onError(Exception failure) {
      // The end follows.
    }
  }

  private static final class ServerChannel extends WebSocketServer {
    final CompletableFuture<Void> started = new CompletableFuture<>();
    private final Visitors visitors;

    ServerChannel(Visitors visitors) {
      super(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          1,
          List.of(draft(Contract.SPOKEN)));
      this.visitors = visitors;
    }

    /**
     * Has it write what it has overlooked: a message that is sent just when its selector has found
     * the queue empty waits there for the next one.
     */
    void writeWhatIsLeft() {
      for (WebSocket ws : getConnections()) {
        if (ws.hasBufferedData()) onWriteDemand(ws);
      }
    }

    @Override
    public ServerHandshakeBuilder onWebsocketHandshakeReceivedAsServer(
        WebSocket ws, Draft draft, ClientHandshake request) throws InvalidDataException {
      if (request.getResourceDescriptor().equals(Contract.REFUSED_PATH)) {
        throw new InvalidDataException(1008, Contract.REFUSAL_BODY);
      }
      return super.onWebsocketHandshakeReceivedAsServer(ws, draft, request);
    }

    @Override
    public void onStart() {
      started.complete(null);
    }

    @Override
    public void onOpen(WebSocket ws, ClientHandshake request) {
      var connection = new Connection(ws, request);
      ws.setAttachment(connection);
      visitors.greet(connection);
    }

    @Override
    public void onMessage(WebSocket ws, String text) {
      ws.<Connection>getAttachment().heard.text(text);
    }

    @Override
    public void onMessage(WebSocket ws, ByteBuffer data) {
      ws.<Connection>getAttachment().heard.binary(data);
    }

    @Override
    public void onWebsocketPong(WebSocket ws, Framedata pong) {
      ws.<Connection>getAttachment().heard.pong(pong.getPayloadData());
    }

    @Override
    public void onClose(WebSocket ws, int code, String reason, boolean remote) {
      Connection connection = ws.getAttachment();
      if (connection != null) connection.heard.end(code, reason);
    }

    @Override
    public void onError(WebSocket ws, Exception failure) {
      started.completeExceptionally(failure);
    }
  }

  private static final class Connection implements PeerConnection {
    final Heard heard = new Heard();
    private final WebSocket ws;
    private final Handshakedata handshake;

    Connection(WebSocket ws, Handshakedata handshake) {
      this.ws = ws;
      this.handshake = handshake;
    }

    @Override
    public Heard heard() {
      return heard;
    }

    @Override
    public String subprotocol() {
      return ws.getProtocol().getProvidedProtocol();
    }

    @Override
    public String header(String name) {
      return handshake.getFieldValue(name);
    }

    @Override
    public void send(String text) {
      ws.send(text);
    }

    @Override
    public void send(byte[] data) {
      ws.send(data);
    }

    @Override
    public void sendFragments(List<String> fragments) {
      int last = fragments.size() - 1;
      for (int i = 0; i <= last; i++) {
        ByteBuffer bytes = ByteBuffer.wrap(fragments.get(i).getBytes(UTF_8));
        ws.sendFragmentedFrame(Opcode.TEXT, bytes, i == last);
      }
    }

    @Override
    public void ping(byte[] data) {
      var ping = new PingFrame();
      ping.setPayload(ByteBuffer.wrap(data));
      ws.sendFrame(ping);
    }

    @Override
    public void close(int code, String reason) {
      ws.close(code, reason);
    }

    @Override
    public void abort() {
      ws.closeConnection(1006, "");
    }
  }
}
