package dev.priz.netty;

import dev.priz.protocol.Connection;
import dev.priz.protocol.DeflateAgreement;
import dev.priz.protocol.DeflateOptions;
import dev.priz.protocol.Limits;
import dev.priz.protocol.Side;
import dev.priz.protocol.Timeouts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a link behaves after the handshake.
 *
 * @param answersPings whether Pongs are sent by themselves
 * @param highMarkBytes queued output at which senders wait and a link reads no further
 * @param maxQueuedBytes queued output at which a link that cannot wait gives its peer up
 * @param stall how long a peer may take next to nothing of what waits above the high mark
 * @param fragmentBytes size over which a message is sent in fragments, so that control frames can
 *     pass between them
 * @param deflate how messages are compressed, or null
 * @param budget what all such links together may hold of what they received
 */
public record LinkOptions(
    Limits limits,
    Timeouts timeouts,
    boolean answersPings,
    int highMarkBytes,
    int maxQueuedBytes,
    Duration stall,
    int fragmentBytes,
    @Nullable DeflateOptions deflate,
    Budget budget) {

  /**
   * A connection that behaves so, from which nothing is read yet.
   *
   * @param agreement how both sides compress, or null
   */
  Connection open(Side side, @Nullable DeflateAgreement agreement, LoopState loop) {
    var connection =
        new Connection(side, limits, timeouts, loop.maskKeys, loop.scratch, System.nanoTime());
    connection.answersPings(answersPings);
    connection.pauseReading();
    if (agreement != null && deflate != null) connection.deflate(agreement, deflate);
    return connection;
  }
}
