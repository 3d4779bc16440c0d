package dev.priz.demo;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The binary messages of the game, in network byte order.
 *
 * <p>To all, in each tick, the whole arena; so whoever misses one misses nothing but time:
 *
 * <pre>
 *   u32 tick, u16 number of plugs
 *   each plug: u16 id, u16 x, u16 y in sixteenths, i8 speed x, i8 speed y in 8 a second,
 *              u8 heading (256 are a turn), u8 flags (1 dashes, 2 is safe, 4 is away),
 *              u8 number of the steering that counts
 *   each spark, up to the end: u16 x, u16 y, u8 worth
 * </pre>
 *
 * <p>From a page, when its pilot steers otherwise:
 *
 * <pre>
 *   u8 number, u8 direction (256 are a turn), u8 power (255 is full), u8 dashes so far
 * </pre>
 *
 * <p>No such byte can be wrong: what must not be, such as a speed or a place, cannot be said.
 */
final class Snapshot {
  private static final int HEAD_BYTES = 6;
  private static final int PLUG_BYTES = 11;
  private static final int SPARK_BYTES = 5;
  private static final int STEERING_BYTES = 4;
  private static final int PARTS_OF_UNIT = 16;
  private static final int SPEED_STEP = 8;
  private static final double TURN = 2 * Math.PI;

  private Snapshot() {}

  /** A snapshot of what is in the arena at this tick. */
  static byte[] of(int tick, Collection<Plug> plugs, List<Arena.Spark> sparks) {
    int bytes = HEAD_BYTES + plugs.size() * PLUG_BYTES + sparks.size() * SPARK_BYTES;
    ByteBuffer out = ByteBuffer.allocate(bytes);
    out.putInt(tick).putShort((short) plugs.size());
    for (Plug plug : plugs) put(plug, tick, out);
    for (Arena.Spark spark : sparks) {
      out.putShort((short) spark.x()).putShort((short) spark.y()).put((byte) spark.worth());
    }
    return out.array();
  }

  /** What a page wants; null if it does not have the right length. */
  static Plug.@Nullable Steering steering(byte[] message) {
    if (message.length != STEERING_BYTES) return null;
    double direction = Byte.toUnsignedInt(message[1]) * TURN / 256;
    double power = Byte.toUnsignedInt(message[2]) / 255.0;
    int number = Byte.toUnsignedInt(message[0]);
    return new Plug.Steering(number, direction, power, Byte.toUnsignedInt(message[3]));
  }

  private static void put(Plug plug, int tick, ByteBuffer out) {
    int flags =
        (plug.isDashing(tick) ? 1 : 0) | (plug.isSafe(tick) ? 2 : 0) | (plug.isAway() ? 4 : 0);
    out.putShort((short) plug.id);
    out.putShort((short) Math.round(plug.x * PARTS_OF_UNIT));
    out.putShort((short) Math.round(plug.y * PARTS_OF_UNIT));
    out.put(speed(plug.speedX)).put(speed(plug.speedY));
    out.put((byte) Math.round(plug.heading / TURN * 256));
    out.put((byte) flags).put((byte) plug.steeringNumber());
  }

  private static byte speed(double speed) {
    return (byte) Math.clamp(Math.round(speed / SPEED_STEP), Byte.MIN_VALUE, Byte.MAX_VALUE);
  }
}
