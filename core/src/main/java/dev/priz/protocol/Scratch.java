package dev.priz.protocol;

import dev.priz.protocol.deflate.DeflateEncoder;
import dev.priz.protocol.deflate.DeflateLevel;
import dev.priz.protocol.deflate.DeflateOutput;
import dev.priz.protocol.deflate.InflateWorkspaces;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A work area that the connections of one thread share, so that an idle connection holds none. It
 * carries nothing from one call to the next.
 */
public final class Scratch {
  static final int BYTES = 64 * 1024;
  private static final int MAX_KEPT_OUTPUT_BYTES = 256 * 1024;

  final byte[] bytes = new byte[BYTES];
  final Utf8Validator utf8 = new Utf8Validator();
  final InflateWorkspaces workspaces = new InflateWorkspaces();
  // The rest is made for the first compressed message.
  private final Map<DeflateLevel, DeflateEncoder> encoders = new EnumMap<>(DeflateLevel.class);
  private final DeflateOutput output = new DeflateOutput();
  private @Nullable ByteBuffer piece;
  private @Nullable ByteBuffer space;

  /**
   * A work area of 64 KiB, and with compression another 64 KiB and about 250 KiB for each level.
   */
  public Scratch() {}

  /** What compresses, without knowing any connection. */
  DeflateEncoder encoder(DeflateLevel level) {
    DeflateEncoder existing = encoders.get(level);
    if (existing != null) return existing;
    var encoder = new DeflateEncoder(level);
    encoders.put(level, encoder);
    return encoder;
  }

  /** Where compressed bytes go, empty. */
  DeflateOutput emptyOutput() {
    output.truncate(0);
    output.trim(MAX_KEPT_OUTPUT_BYTES);
    return output;
  }

  /** The first bytes of {@link #bytes} as a buffer. */
  ByteBuffer piece(int length) {
    if (piece == null) piece = ByteBuffer.wrap(bytes);
    return piece.clear().limit(length);
  }

  /** Where a message can be decompressed that is whole at once. */
  ByteBuffer space() {
    if (space == null) space = ByteBuffer.allocate(BYTES);
    return space.clear();
  }
}
