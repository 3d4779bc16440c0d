package dev.priz.netty;

import dev.priz.protocol.Limits;
import dev.priz.protocol.Timeouts;
import java.time.Duration;

/**
 * How a link behaves after the handshake.
 *
 * @param answersPings whether Pongs are sent by themselves
 * @param highMarkBytes queued output at which senders wait and a link reads no further
 * @param maxQueuedBytes queued output at which a link that cannot wait gives its peer up
 * @param stall how long a peer may take next to nothing of what waits above the high mark
 * @param fragmentBytes size over which a message is sent in fragments, so that control frames can
 *     pass between them
 */
public record LinkOptions(
    Limits limits,
    Timeouts timeouts,
    boolean answersPings,
    int highMarkBytes,
    int maxQueuedBytes,
    Duration stall,
    int fragmentBytes) {}
