package dev.priz.netty;

import dev.priz.protocol.Headers;
import dev.priz.protocol.Request;
import dev.priz.protocol.WebSocketUri;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Asks an HTTP proxy for a tunnel to the server (RFC 9110 §9.3.6), after which it leaves the
 * channel to the handlers behind it, with all bytes that have come through the tunnel.
 */
final class ProxyGate extends ClientGate {
  private static final int UNAUTHENTICATED = 407;

  private final ProxyServer proxy;
  private final WebSocketUri target;
  private final boolean withCredentials;
  private final Passage passage;

  /**
   * A gate.
   *
   * @param withCredentials whether the proxy has asked for credentials
   */
  ProxyGate(
      Channel channel,
      ProxyServer proxy,
      WebSocketUri target,
      boolean withCredentials,
      Duration patience,
      long deadlineNanos,
      Passage passage) {
    super(channel, "the proxy " + proxy, patience, deadlineNanos);
    this.proxy = proxy;
    this.target = target;
    this.withCredentials = withCredentials;
    this.passage = passage;
  }

  /** Learns the end of it, once. */
  interface Passage {
    /** The tunnel is open: adds the handlers of what goes through it. */
    void opened(Channel tunnel);

    /** The proxy asks for the credentials that it did not get; the connection has ended. */
    void credentialsWanted();

    /** There is no tunnel, and no connection any more. */
    void failed(Exception cause);
  }

  /** What is to stand before this gate in the pipeline. */
  static ChannelHandler decoder(HttpDecoderConfig config) {
    return new Decoder(config);
  }

  @Override
  void begin() {
    Headers headers = Headers.of("Host", target.authority());
    String authorization = proxy.authorization();
    if (withCredentials && authorization != null) {
      headers = headers.with("Proxy-Authorization", authorization);
    }
    var request = new Request("CONNECT", target.authority(), "HTTP/1.1", headers);
    channel.writeAndFlush(HttpHead.encode(request, channel.alloc()));
  }

  @Override
  void receiveHead(HttpResponse head, int status) {
    if (status >= 200 && status < 300) {
      open();
    } else if (status == UNAUTHENTICATED) {
      String obstacle = obstacle(head.headers().getAll("Proxy-Authenticate"));
      if (obstacle == null) {
        finish();
        channel.close();
        passage.credentialsWanted();
      } else {
        fail(new IOException("the proxy " + proxy + " " + obstacle));
      }
    } else {
      fail(new IOException("the proxy " + proxy + " answered with the status " + status));
    }
  }

  @Override
  void receiveBody(HttpContent content) {}

  @Override
  boolean settle() {
    return false;
  }

  @Override
  void failed(Exception cause) {
    passage.failed(cause);
  }

  private void open() {
    finish();
    passage.opened(channel);
    channel.pipeline().remove(this);
    // Gives up the bytes behind the response, which the next in the pipeline gets.
    channel.pipeline().remove(Decoder.class);
  }

  // Why the question for credentials cannot be answered, or null.
  private @Nullable String obstacle(List<String> challenges) {
    if (withCredentials) return "refused the credentials, with the status 407";
    if (proxy.authorization() == null) return "asks for credentials, and none were given";
    boolean basic = challenges.stream().anyMatch(ProxyGate::isBasic);
    return basic ? null : "asks for credentials of another kind than Basic";
  }

  // RFC 9110 §11.6.1: one field may hold several challenges, separated like their parameters.
  private static boolean isBasic(String challenges) {
    for (String part : challenges.toLowerCase(Locale.ROOT).split(",", -1)) {
      String word = part.strip();
      if (word.equals("basic") || word.startsWith("basic ")) return true;
    }
    return false;
  }

  /** Knows that what follows a tunnel's opening is no body. */
  private static final class Decoder extends HttpResponseDecoder {
    Decoder(HttpDecoderConfig config) {
      super(config);
    }

    // RFC 9110 §9.3.6: "A client MUST ignore any Content-Length or Transfer-Encoding header fields
    // received in a successful response to CONNECT"
    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
      int status = ((HttpResponse) message).status().code();
      return (status >= 200 && status < 300) || super.isContentAlwaysEmpty(message);
    }
  }
}
