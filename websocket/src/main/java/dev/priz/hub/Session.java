package dev.priz.hub;

import dev.priz.netty.Link;
import dev.priz.topic.Outcome;
import dev.priz.topic.Publication;
import dev.priz.topic.Verdict;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Speaks the subprotocol of topics with one client. Requests are dealt with one after another:
 * while a rule has not decided yet, the later ones wait. All of it runs on the event loop.
 */
public final class Session {
  private static final int MAX_WAITING = 256;

  private final Subscriber subscriber;
  private final Rules rules;
  private final Queue<Request> waiting = new ArrayDeque<>(2);
  private boolean deciding;

  /** A session of a connection. */
  public Session(Subscriber subscriber, Rules rules) {
    this.subscriber = subscriber;
    this.rules = rules;
  }

  /** Takes a text message of the client. */
  public void receive(String text) {
    Request request;
    try {
      request = Request.parse(text);
    } catch (Request.Malformed malformed) {
      subscriber.answer(malformed.frame());
      return;
    }
    if (!deciding) {
      act(request);
    } else if (waiting.size() < MAX_WAITING) {
      waiting.add(request);
    } else {
      error(request.id(), ErrorCode.OVERLOADED, "too many requests wait for a decision");
    }
  }

  private void act(Request request) {
    switch (request) {
      case Request.Ping ping -> subscriber.answer(Frames.PONG);
      case Request.Unsubscribe(Long id, String topic) -> {
        subscriber.endOf(topic);
        subscriber.answer(Frames.unsubscribed(topic, id, null));
      }
      case Request.Subscribe subscribe ->
          ask(
              () -> rules.subscribe(subscribe.topic(), subscribe.present()),
              subscribe.id(),
              allowed -> subscribe(subscribe, allowed.presence()));
      case Request.Publish publish ->
          ask(
              () -> rules.publish(publish.topic(), publish.publication()),
              publish.id(),
              allowed -> publish(publish, allowed.publication()));
      // Who may subscribe may see who is there.
      case Request.Members members ->
          ask(
              () -> rules.subscribe(members.topic(), null),
              members.id(),
              allowed -> tellMembers(members));
    }
  }

  /** A rule of the application, which may throw. */
  @FunctionalInterface
  private interface Question {
    Verdict ask();
  }

  private void ask(Question question, Long id, Consumer<Verdict.Allow> then) {
    Verdict verdict;
    try {
      verdict = question.ask();
    } catch (Throwable thrown) {
      verdict = failed(thrown);
    }
    switch (verdict) {
      case Verdict.Allow allow -> then.accept(allow);
      case Verdict.Refuse(String message) -> error(id, ErrorCode.NOT_ALLOWED, message);
      case Verdict.Later later -> {
        deciding = true;
        onLoop(
            later.verdict(),
            (decided, failure) -> {
              Verdict last = decided == null ? failed(failure) : decided;
              ask(() -> last, id, then);
              if (!(last instanceof Verdict.Later)) goOn();
            });
      }
    }
  }

  private void goOn() {
    deciding = false;
    while (!deciding) {
      Request next = waiting.poll();
      if (next == null) return;
      act(next);
    }
  }

  private Verdict failed(@Nullable Throwable thrown) {
    if (thrown != null) rules.failed(thrown);
    return Verdict.refuse("not allowed");
  }

  private void subscribe(Request.Subscribe request, @Nullable String presence) {
    SessionSubscription made;
    try {
      made = subscriber.subscribe(request.topic(), request.watches());
    } catch (IllegalStateException tooMany) {
      error(request.id(), ErrorCode.TOO_MANY, String.valueOf(tooMany.getMessage()));
      return;
    }
    String value = presence != null ? presence : request.present();
    if (value != null) made.enter(value);
    new CatchUp(this, subscriber, made, request, value != null).start();
  }

  private void publish(Request.Publish request, @Nullable Publication instead) {
    Publication asked = request.publication();
    Publication publication = instead == null ? asked : instead.inPlaceOf(asked);
    onLoop(
        subscriber.publish(request.topic(), publication),
        (outcome, failure) ->
            subscriber.answer(
                outcome == null
                    ? Frames.error(request.id(), ErrorCode.UNKNOWN, "no answer of the broker")
                    : answer(request.id(), outcome)));
  }

  private static String answer(long id, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted(var position) -> Frames.published(id, position);
      case Outcome.Rejected(var reason, var message) ->
          Frames.error(id, ErrorCode.of(reason), message);
      case Outcome.Unknown(var message) -> Frames.error(id, ErrorCode.UNKNOWN, message);
    };
  }

  private void tellMembers(Request.Members request) {
    onLoop(
        subscriber.hub.presence(request.topic()),
        (presence, failure) -> {
          if (presence == null) {
            error(request.id(), ErrorCode.UNAVAILABLE, "the broker does not say who is there");
          } else {
            subscriber.answer(Frames.members(request.id(), request.topic(), presence));
          }
        });
  }

  void error(@Nullable Long id, ErrorCode code, String message) {
    subscriber.answer(Frames.error(id, code, message));
  }

  /** Has the end of a stage dealt with on the event loop, in place if it is there already. */
  <T> void onLoop(
      CompletionStage<? extends T> stage, BiConsumer<@Nullable T, @Nullable Throwable> action) {
    Link link = subscriber.link;
    stage.whenComplete((value, failure) -> link.onLoop(() -> action.accept(value, failure)));
  }
}
