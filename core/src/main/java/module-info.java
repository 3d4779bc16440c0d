import org.jspecify.annotations.NullMarked;

/** The WebSocket protocol without I/O: bytes in, events and bytes out. */
@NullMarked
module dev.priz.protocol {
  requires static transitive org.jspecify;

  exports dev.priz.protocol;
  exports dev.priz.protocol.deflate;
}
