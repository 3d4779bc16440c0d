package dev.priz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.priz.netty.Link;
import dev.priz.netty.LinkListener;
import dev.priz.netty.Reception;
import dev.priz.protocol.Request;
import dev.priz.protocol.Response;
import dev.priz.protocol.ServerHandshake;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the route for who comes, asks the application's hook, and lets in or turns away. */
final class ServerReception implements Reception {
  private static final int MAX_REASON = 200;

  private final WebSocketServer server;
  private final WebSocketServerBuilder settings;

  ServerReception(WebSocketServer server, WebSocketServerBuilder settings) {
    this.server = server;
    this.settings = settings;
  }

  @Override
  public void decide(Request request, ServerHandshake handshake, Visitor visitor) {
    List<String> path = request.pathSegments();
    if (path == null) {
      visitor.respond(Response.text(400, "the path is malformed"));
      return;
    }
    for (Route route : settings.routes) {
      Map<String, String> parameters = route.match(path);
      if (parameters != null) {
        ask(route, request, parameters, handshake, visitor);
        return;
      }
    }
    visitor.respond(Response.text(404, "no WebSocket at " + request.path()));
  }

  @Override
  public boolean servesHttp() {
    return settings.http != null;
  }

  @Override
  public void serve(Request request, byte[] body, Visitor visitor) {
    HttpHandler http = settings.http;
    assert http != null : "not asked to serve";
    server.startThread(
        "http",
        () -> {
          try {
            Response response = http.handle(request, body);
            visitor.respond(response == null ? Response.text(404, "not found") : response);
          } catch (Throwable thrown) {
            server.watch().threw("the HTTP handler threw at " + request.path(), thrown);
            visitor.respond(Response.text(500, "internal error"));
          }
        });
  }

  @Override
  public void refused(@Nullable Request request, @Nullable SocketAddress peer, Response response) {
    String path = request == null ? null : request.path();
    String reason = new String(response.body(), UTF_8).lines().findFirst().orElse("");
    if (reason.length() > MAX_REASON) reason = reason.substring(0, MAX_REASON);
    server.watch().refused(new RefusalRecord(path, peer, response.status(), reason));
  }

  private void ask(
      Route route,
      Request request,
      Map<String, String> parameters,
      ServerHandshake handshake,
      Visitor visitor) {
    var hook = settings.hook;
    if (hook == null) {
      admit(route, request, parameters, handshake, visitor, Decision.accept());
      return;
    }
    var question =
        new Handshake(
            request,
            parameters,
            handshake.subprotocols(),
            visitor.remoteAddress(),
            visitor.isSecure());
    CompletableFuture<Decision> decision = ask(hook, question);
    visitor.onLeave(() -> decision.cancel(true));
    decision.whenComplete((decided, failure) -> {
      switch (decided) {
        case null -> failed(failure, request, visitor);
        case Decision.Refuse refuse -> visitor.respond(refuse.response());
        case Decision.Accept accept ->
            admit(route, request, parameters, handshake, visitor, accept);
      }
    });
  }

  private CompletableFuture<Decision> ask(
      Function<Handshake, CompletionStage<Decision>> hook, Handshake question) {
    try {
      return hook.apply(question).toCompletableFuture();
    } catch (Throwable thrown) {
      return CompletableFuture.failedFuture(thrown);
    }
  }

  private void failed(@Nullable Throwable failure, Request request, Visitor visitor) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof CancellationException) return;
    server.watch().threw("the handshake hook failed at " + request.path(), cause);
    visitor.respond(Response.text(500, "internal error"));
  }

  private void admit(
      Route route,
      Request request,
      Map<String, String> parameters,
      ServerHandshake handshake,
      Visitor visitor,
      Decision.Accept accept) {
    String chosen = accept.subprotocol();
    List<String> spoken = route.receiver().subprotocols(settings.subprotocols);
    String subprotocol = chosen != null ? chosen : handshake.choose(spoken);
    if (subprotocol == null && route.receiver().needsSubprotocol()) {
      visitor.respond(Response.text(400, "offer the subprotocol " + spoken.getFirst()));
      return;
    }
    var opening =
        new Opening(request, parameters, subprotocol, accept.attachment(), visitor.isSecure());
    if (server.isStopping() || !route.receiver().hasRoom()) {
      visitor.respond(Response.text(503, "the server takes no connections now"));
      return;
    }
    try {
      visitor.accept(subprotocol, accept.headers(), link -> open(route, opening, link));
    } catch (IllegalArgumentException wrongAnswer) {
      failed(wrongAnswer, request, visitor);
    }
  }

  private LinkListener open(Route route, Opening opening, Link link) {
    var incoming =
        new Incoming(link, settings.options.inboxBytes(), opening.request().path(), server.watch());
    var ws = new WebSocket(link, incoming, opening, server.hub());
    server.opened(ws, incoming, route.receiver());
    return incoming;
  }
}
