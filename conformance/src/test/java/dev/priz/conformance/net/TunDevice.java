package dev.priz.conformance.net;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A network device of Linux behind which is no wire but this program. It is gone when this is
 * closed or the process ends.
 */
final class TunDevice implements AutoCloseable {
  private static final String FILE = "/dev/net/tun";
  private static final int O_RDWR = 2;
  private static final int TUNSETIFF = 0x400454ca;
  // struct ifreq: the name, then flags. IFF_TUN | IFF_NO_PI: packets of IP, and nothing before
  // them.
  private static final int NAME_BYTES = 16;
  private static final int REQUEST_BYTES = 40;
  private static final short FLAGS = 0x1001;
  private static final int POLLIN = 1;
  // More than the device's MTU, which is 1,500 unless somebody changes it.
  private static final int MOST_BYTES = 4096;

  private final int descriptor;

  private TunDevice(int descriptor) {
    this.descriptor = descriptor;
  }

  /**
   * Makes one, in the network namespace of this process.
   *
   * @param name 15 characters at most
   * @throws IOException if this process may not, or the kernel has none
   */
  static TunDevice open(String name) throws IOException {
    byte[] request = Arrays.copyOf(name.getBytes(US_ASCII), REQUEST_BYTES);
    request[NAME_BYTES] = (byte) FLAGS;
    request[NAME_BYTES + 1] = (byte) (FLAGS >> 8);
    int descriptor = -1;
    try {
      descriptor = Libc.INSTANCE.open(FILE, O_RDWR);
      Libc.INSTANCE.ioctl(descriptor, new NativeLong(TUNSETIFF), request);
      return new TunDevice(descriptor);
    } catch (LastErrorException e) {
      if (descriptor >= 0) Libc.INSTANCE.close(descriptor);
      throw new IOException("no device from " + FILE + ": " + e.getMessage(), e);
    }
  }

  /** The next packet that the kernel sends by it, or null if there is none for so long. */
  byte @Nullable [] read(int millis) {
    // struct pollfd, little-endian.
    int[] polled = {descriptor, POLLIN};
    if (Libc.INSTANCE.poll(polled, new NativeLong(1), millis) == 0) return null;
    byte[] packet = new byte[MOST_BYTES];
    int length = Libc.INSTANCE.read(descriptor, packet, new NativeLong(MOST_BYTES)).intValue();
    return Arrays.copyOf(packet, length);
  }

  /** Has the kernel receive a packet by it. */
  void write(byte[] packet) {
    Libc.INSTANCE.write(descriptor, packet, new NativeLong(packet.length));
  }

  @Override
  public void close() {
    Libc.INSTANCE.close(descriptor);
  }

  /** What JNA finds in the C library. Each throws when the function sets errno. */
  interface Libc extends Library {
    Libc INSTANCE = Native.load("c", Libc.class);

    int open(String path, int flags) throws LastErrorException;

    int ioctl(int descriptor, NativeLong request, byte[] argument) throws LastErrorException;

    int poll(int[] polled, NativeLong count, int millis) throws LastErrorException;

    NativeLong read(int descriptor, byte[] into, NativeLong length) throws LastErrorException;

    NativeLong write(int descriptor, byte[] from, NativeLong length) throws LastErrorException;

    int close(int descriptor) throws LastErrorException;
  }
}
