package dev.priz.netty;

import dev.priz.protocol.ClientHandshake;
import dev.priz.protocol.Headers;
import dev.priz.protocol.WebSocketUri;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to open a connection, under one deadline. It looks the host up, races over its
 * addresses, passes the proxy if there is one, and shakes hands:
 *
 * <pre>
 *   LOOKUP -> RACE -> GATE -> OVER        GATE -> LOOKUP once, when the proxy wants credentials
 *      any -> OVER
 * </pre>
 */
public final class Attempt {
  private final Connector connector;
  private final EventLoop loop;
  private final WebSocketUri uri;
  private final ClientHandshake handshake;
  private final long deadlineNanos;
  private final @Nullable AddressCheck addressCheck;
  private final Connector.Outcome outcome;
  // From here on for the event loop alone.
  private Stage stage = new Stage.New();
  private boolean proxyWantsCredentials;

  Attempt(
      Connector connector,
      EventLoop loop,
      WebSocketUri uri,
      ClientHandshake handshake,
      long deadlineNanos,
      @Nullable AddressCheck addressCheck,
      Connector.Outcome outcome) {
    this.connector = connector;
    this.loop = loop;
    this.uri = uri;
    this.handshake = handshake;
    this.deadlineNanos = deadlineNanos;
    this.addressCheck = addressCheck;
    this.outcome = outcome;
  }

  /** How far it has come, and what has to end where it ends there. */
  private sealed interface Stage {
    record New() implements Stage {}

    record Lookup(Future<?> task, ScheduledFuture<?> timer) implements Stage {}

    record Race(AddressRace race, ScheduledFuture<?> timer) implements Stage {}

    record Gate(Channel channel) implements Stage {}

    record Over() implements Stage {}
  }

  /** Begins. Any thread may call this, once. */
  public void start() {
    onLoop(() -> {
      if (stage instanceof Stage.Over) return;
      // So that callbacks know that they are on a loop even if it never connects.
      var unused = LoopState.of(loop);
      if (connector.add(this)) {
        approach();
      } else {
        fail(closing());
      }
    });
  }

  /** Gives the attempt up, if the connection is not open yet. Any thread may call this. */
  public void cancel() {
    onLoop(() -> giveUp(new CancellationException("connecting was cancelled")));
  }

  /** Gives the attempt up because the client ends. Any thread may call this. */
  void close() {
    onLoop(() -> giveUp(closing()));
  }

  private void onLoop(Runnable action) {
    try {
      loop.execute(action);
    } catch (RejectedExecutionException loopHasEnded) {
      outcome.failed(closing());
    }
  }

  private void approach() {
    ProxyServer proxy = connector.proxy();
    String host = proxy == null ? uri.host() : proxy.host();
    ScheduledFuture<?> timer =
        loop.schedule(() -> tooLate(host), remainingNanos(), TimeUnit.NANOSECONDS);
    InetAddress literal = HostResolver.literal(host);
    if (literal != null && addressCheck == null) {
      race(List.of(literal), timer);
      return;
    }
    try {
      stage = new Stage.Lookup(connector.lookups().start(() -> lookUp(host, timer)), timer);
    } catch (RejectedExecutionException lookupsHaveEnded) {
      timer.cancel(false);
      fail(closing());
    }
  }

  // On a thread of the lookups.
  private void lookUp(String host, ScheduledFuture<?> timer) {
    try {
      List<InetAddress> found = AddressOrder.of(connector.resolver().resolve(host));
      if (found.isEmpty()) throw new UnknownHostException(host);
      String refusal = addressCheck == null ? null : addressCheck.refusal(addressesOfServer(found));
      onLoop(() -> {
        if (!(stage instanceof Stage.Lookup)) return;
        if (refusal == null) {
          race(found, timer);
        } else {
          giveUp(new AddressRefusal(refusal));
        }
      });
    } catch (UnknownHostException unknown) {
      onLoop(() -> giveUp(unreachable(new IOException(Reason.of(unknown), unknown))));
    } catch (RuntimeException broken) {
      // A resolver or a policy is the application's code.
      onLoop(() -> giveUp(new IOException(Reason.of(broken), broken)));
    }
  }

  private List<InetAddress> addressesOfServer(List<InetAddress> found) {
    if (connector.proxy() == null) return found;
    InetAddress literal = HostResolver.literal(uri.host());
    return literal == null ? List.of() : List.of(literal);
  }

  private void race(List<InetAddress> addresses, ScheduledFuture<?> timer) {
    ProxyServer proxy = connector.proxy();
    int port = proxy == null ? uri.port() : proxy.port();
    var race =
        new AddressRace(
            loop,
            connector.bootstrap(loop, uri.secure()),
            addresses.stream().map(address -> new InetSocketAddress(address, port)).toList(),
            remainingNanos(),
            new AddressRace.Finish() {
              @Override
              public void won(Channel channel) {
                timer.cancel(false);
                stage = new Stage.Gate(channel);
                if (proxy == null) {
                  connector.shakeHands(channel, uri, handshake, deadlineNanos, new Ending());
                } else {
                  ask(proxy, channel);
                }
              }

              @Override
              public void lost(IOException cause) {
                giveUp(unreachable(cause));
              }
            });
    stage = new Stage.Race(race, timer);
    race.start();
  }

  private void ask(ProxyServer proxy, Channel channel) {
    var gate =
        new ProxyGate(
            channel,
            proxy,
            uri,
            proxyWantsCredentials,
            connector.patience(),
            deadlineNanos,
            new ProxyGate.Passage() {
              @Override
              public void opened(Channel tunnel) {
                connector.shakeHands(tunnel, uri, handshake, deadlineNanos, new Ending());
              }

              @Override
              public void credentialsWanted() {
                proxyWantsCredentials = true;
                approach();
              }

              @Override
              public void failed(Exception cause) {
                fail(cause);
              }
            });
    channel.pipeline().addLast(ProxyGate.decoder(connector.decoderConfig()), gate);
  }

  private void tooLate(String host) {
    String what =
        stage instanceof Stage.Race
            ? "connection timed out"
            : "the host " + host + " was not looked up within " + connector.patience();
    giveUp(unreachable(new IOException(what)));
  }

  // What failed was perhaps not the server's name and its addresses, but the proxy's.
  private IOException unreachable(IOException cause) {
    ProxyServer proxy = connector.proxy();
    if (proxy == null) return cause;
    return new IOException("the proxy " + proxy + ": " + cause.getMessage(), cause);
  }

  private void giveUp(Exception cause) {
    switch (stage) {
      case Stage.New fresh -> {}
      case Stage.Lookup lookup -> {
        lookup.timer().cancel(false);
        lookup.task().cancel(true);
      }
      case Stage.Race racing -> {
        racing.timer().cancel(false);
        racing.race().cancel();
      }
      case Stage.Gate passing -> {
        // The gate fails the attempt; the last one has gone once the connection is open.
        var gate = passing.channel().pipeline().get(ClientGate.class);
        if (gate != null) gate.giveUp(cause);
        return;
      }
      case Stage.Over over -> {
        return;
      }
    }
    fail(cause);
  }

  private void fail(Exception cause) {
    end();
    outcome.failed(cause);
  }

  private void end() {
    stage = new Stage.Over();
    connector.remove(this);
  }

  private long remainingNanos() {
    return Math.max(0, deadlineNanos - System.nanoTime());
  }

  private static IOException closing() {
    return new IOException("the client is closing");
  }

  /** Notes the end of the attempt before its outcome is told. */
  private final class Ending implements Connector.Outcome {
    @Override
    public LinkListener opened(Link link, Headers responseHeaders) {
      end();
      return outcome.opened(link, responseHeaders);
    }

    @Override
    public boolean wantsBody(int status) {
      return outcome.wantsBody(status);
    }

    @Override
    public void failed(Exception cause) {
      fail(cause);
    }
  }
}
