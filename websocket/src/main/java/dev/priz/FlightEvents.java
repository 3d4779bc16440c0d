package dev.priz;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** What the JDK's Flight Recorder records of connections; without payloads, queries and headers. */
final class FlightEvents {
  private FlightEvents() {}

  /** What all events of a connection tell. */
  @StackTrace(false)
  abstract static class OfConnection extends Event {
    @Label("Path")
    String path = "";

    @Label("Peer")
    String peer = "";
  }

  /** A connection is open. */
  @Name("dev.priz.ConnectionOpened")
  @Label("WebSocket opened")
  @Category("Priz")
  static final class Opened extends OfConnection {
    @Label("Subprotocol")
    String subprotocol = "";
  }

  /** A connection has ended. */
  @Name("dev.priz.ConnectionClosed")
  @Label("WebSocket closed")
  @Category("Priz")
  static final class Ended extends OfConnection {
    @Label("Cause")
    String cause = "";

    @Label("Code")
    int code;

    @Label("By")
    @Description("Who began to close")
    String by = "";

    @Label("Violation")
    String violation = "";

    @Label("Limit")
    String limit = "";

    @Label("Lasted")
    @Timespan(Timespan.NANOSECONDS)
    long lasted;
  }

  /** Output was dropped with a peer that did not take it. */
  @Name("dev.priz.OutputDropped")
  @Label("WebSocket output dropped")
  @Category("Priz")
  static final class Dropped extends OfConnection {
    @Label("Bytes")
    @DataAmount
    long bytes;
  }

  /** A client was not let in. */
  @Name("dev.priz.HandshakeRefused")
  @Label("WebSocket handshake refused")
  @Category("Priz")
  static final class Refused extends OfConnection {
    @Label("Status")
    int status;

    @Label("Reason")
    String reason = "";
  }

  /** Callbacks kept their event loop. */
  @Name("dev.priz.SlowCallback")
  @Label("WebSocket callback blocked its event loop")
  @Category("Priz")
  @StackTrace(false)
  static final class Slow extends Event {
    @Label("Path")
    String path = "";

    @Label("Took")
    @Timespan(Timespan.NANOSECONDS)
    long took;
  }
}
