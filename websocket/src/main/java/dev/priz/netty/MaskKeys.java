package dev.priz.netty;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.function.IntSupplier;

/**
 * Unpredictable mask keys (RFC 6455 §10.3), drawn from the system's strong source 1,024 at a time.
 * For use by one thread.
 */
final class MaskKeys implements IntSupplier {
  private static final int BATCH_BYTES = 4 * 1024;

  private final SecureRandom random = new SecureRandom();
  private final ByteBuffer batch = ByteBuffer.allocate(BATCH_BYTES).limit(0);

  @Override
  public int getAsInt() {
    if (!batch.hasRemaining()) {
      random.nextBytes(batch.array());
      batch.clear();
    }
    return batch.getInt();
  }
}
