package dev.priz.benchmarks.server;

import jakarta.servlet.http.HttpServlet;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/** Tomcat with its own choice of threads: one poller, and a pool that runs the endpoints. */
public final class TomcatEcho {
  private TomcatEcho() {}

  /**
   * Starts the server.
   *
   * @param args port
   */
  public static void main(String[] args) throws LifecycleException {
    String folder = new File(System.getProperty("java.io.tmpdir")).getAbsolutePath();
    var tomcat = new Tomcat();
    tomcat.setBaseDir(folder);
    tomcat.setPort(Integer.parseInt(args[0]));
    Connector connector = tomcat.getConnector();
    connector.setProperty("address", "127.0.0.1");
    connector.setProperty("acceptCount", "4096");
    connector.setProperty("maxConnections", "20000");
    var context = tomcat.addContext("", folder);
    context.addServletContainerInitializer(new WsSci(), Set.of(Echo.class, Broadcast.class));
    // Only what has a servlet is upgraded.
    Tomcat.addServlet(context, "upgraded", new HttpServlet() {});
    context.addServletMapping("/", "upgraded");
    tomcat.start();
  }

  /** Sends back what comes. */
  @ServerEndpoint("/")
  public static final class Echo {
    /**
     * Makes room for the biggest message; for text the default is enough, and would be taken by
     * each connection.
     */
    @OnOpen
    public void open(Session session) {
      session.setMaxBinaryMessageBufferSize(2 << 20);
    }

    /** Echoes text. */
    @OnMessage
    public void text(String message, Session session) throws IOException {
      session.getBasicRemote().sendText(message);
    }

    /** Echoes bytes. */
    @OnMessage
    public void binary(ByteBuffer message, Session session) throws IOException {
      session.getBasicRemote().sendBinary(message);
    }

    /** Drops what clients that leave without a word cause. */
    @OnError
    public void fail(Throwable failure) {}
  }

  /** Sends to all what comes. */
  @ServerEndpoint("/broadcast")
  public static final class Broadcast {
    /** Sends a text to all connections of this endpoint. */
    @OnMessage
    public void text(String message, Session session) throws IOException {
      for (Session peer : session.getOpenSessions()) peer.getBasicRemote().sendText(message);
    }

    /** Drops what clients that leave without a word cause. */
    @OnError
    public void fail(Throwable failure) {}
  }
}
