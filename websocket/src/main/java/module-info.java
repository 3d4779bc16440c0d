import org.jspecify.annotations.NullMarked;

/** WebSocket server and client. */
@NullMarked
// Micrometer has no other name.
@SuppressWarnings("requires-automatic")
module dev.priz {
  requires transitive dev.priz.protocol;
  requires static transitive org.jspecify;
  requires static micrometer.core;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.haproxy;
  requires io.netty.codec.http;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires io.netty.transport.classes.io_uring;
  requires io.netty.transport.classes.kqueue;
  requires jdk.jfr;
  requires jdk.management;
  requires org.slf4j;

  exports dev.priz;
  exports dev.priz.micrometer;
  exports dev.priz.topic;
}
