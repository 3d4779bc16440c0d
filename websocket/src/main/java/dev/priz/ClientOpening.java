package dev.priz;

import dev.priz.netty.AddressCheck;
import dev.priz.netty.AddressRefusal;
import dev.priz.netty.Attempt;
import dev.priz.netty.Connector;
import dev.priz.netty.HandshakeRefusal;
import dev.priz.netty.Link;
import dev.priz.netty.LinkListener;
import dev.priz.protocol.ClientHandshake;
import dev.priz.protocol.Headers;
import dev.priz.protocol.Request;
import dev.priz.protocol.WebSocketUri;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@code connect}: attempts the address, and where it is redirected to, one at a time,
 * until one has opened or failed.
 */
final class ClientOpening {
  private static final int MAX_REDIRECTS = 5;

  private final WebSocketClient client;
  private final @Nullable Consumer<? super WebSocket> setup;
  private final long deadlineNanos;
  private final CompletableFuture<WebSocket> opened = new LoopFuture<>();
  // For the outcomes, which come one after another.
  private final Set<WebSocketUri> visited = new HashSet<>();
  private final WebSocketUri first;
  private Headers headers;
  private volatile @Nullable Attempt current;

  ClientOpening(
      WebSocketClient client, WebSocketUri uri, @Nullable Consumer<? super WebSocket> setup) {
    this.client = client;
    this.setup = setup;
    first = uri;
    headers = client.settings().headers;
    deadlineNanos = System.nanoTime() + client.settings().options.timeouts().handshake().toNanos();
  }

  void start() {
    opened.whenComplete((ws, failure) -> {
      if (opened.isCancelled()) cancel();
    });
    visited.add(first);
    attempt(first, null, null);
  }

  /** To be cancelled by those who do not want it any more. */
  CompletableFuture<WebSocket> result() {
    return opened;
  }

  private void attempt(
      WebSocketUri uri, @Nullable AddressCheck addressCheck, @Nullable Refused redirect) {
    ClientHandshake handshake = client.handshake(uri, headers);
    var outcome = new Outcome(uri, handshake.request(), redirect);
    Attempt attempt =
        client.connector().attempt(uri, handshake, deadlineNanos, addressCheck, outcome);
    current = attempt;
    attempt.start();
    // It may have been cancelled before this attempt was known.
    if (opened.isCancelled()) attempt.cancel();
  }

  private void cancel() {
    Attempt attempt = current;
    if (attempt != null) attempt.cancel();
  }

  // Follows a redirect, or says why not.
  private @Nullable String follow(RedirectPolicy policy, Refused redirect) {
    Headers response = redirect.refusal().response().headers();
    if (response.all("Location").size() != 1) return "it does not name one address";
    WebSocketUri from = redirect.from();
    WebSocketUri to;
    try {
      to = from.redirectedTo(response.all("Location").get(0));
    } catch (IllegalArgumentException unfit) {
      return unfit.getMessage();
    }
    if (from.secure() && !to.secure()) return "it leads from wss to ws";
    if (visited.size() > MAX_REDIRECTS) return "it is one more than " + MAX_REDIRECTS;
    if (!visited.add(to)) return "it leads in a circle";
    if (!Redirect.isSameOrigin(from, to)) headers = headers.without(ClientOpening::isCredential);
    attempt(
        to,
        addresses -> {
          var question =
              new Redirect(
                  redirect.refusal().response().status(),
                  from,
                  redirect.fromAddress(client.settings().proxy != null),
                  to,
                  addresses);
          return policy.allows(question) ? null : "the policy does not allow it";
        },
        redirect);
    return null;
  }

  private static boolean isCredential(String name) {
    return name.equals("authorization") || name.equals("cookie") || name.startsWith("proxy-");
  }

  private static boolean isRedirect(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  /** What becomes of one attempt. */
  private final class Outcome implements Connector.Outcome {
    private final WebSocketUri uri;
    private final Request request;
    private final @Nullable Refused redirect;

    Outcome(WebSocketUri uri, Request request, @Nullable Refused redirect) {
      this.uri = uri;
      this.request = request;
      this.redirect = redirect;
    }

    @Override
    public LinkListener opened(Link link, Headers responseHeaders) {
      String subprotocol = ClientHandshake.subprotocol(responseHeaders);
      var opening = new Opening(request, Map.of(), subprotocol, null, uri.secure());
      int inboxBytes = client.settings().options.inboxBytes();
      var incoming = new Incoming(link, inboxBytes, request.path(), client.watch());
      var ws = new WebSocket(link, incoming, opening, null);
      incoming.opened(ws);
      if (setup != null) new Receiver.ByCallbacks(setup).receive(ws, incoming);
      if (!opened.complete(ws)) ws.abort();
      return incoming;
    }

    @Override
    public boolean wantsBody(int status) {
      return client.settings().redirects == null || !isRedirect(status);
    }

    @Override
    public void failed(Exception cause) {
      switch (cause) {
        case HandshakeRefusal refusal -> refused(new Refused(uri, refusal));
        case AddressRefusal refusal when redirect != null ->
            opened.completeExceptionally(notFollowed(redirect, refusal.getMessage()));
        default ->
            opened.completeExceptionally(
                new WebSocketException(
                    "cannot connect to "
                        + uri.withoutQuery()
                        + origin()
                        + ": "
                        + cause.getMessage(),
                    cause));
      }
    }

    private void refused(Refused refused) {
      RedirectPolicy policy = client.settings().redirects;
      if (policy == null || !isRedirect(refused.refusal().response().status())) {
        opened.completeExceptionally(refused.exception(origin(), ""));
      } else {
        String obstacle = follow(policy, refused);
        if (obstacle != null) opened.completeExceptionally(notFollowed(refused, obstacle));
      }
    }

    private HandshakeRefusedException notFollowed(Refused refused, @Nullable String why) {
      return refused.exception("", "; the redirect is not followed: " + why);
    }

    private String origin() {
      return redirect == null ? "" : " (redirected from " + first + ")";
    }
  }
}
