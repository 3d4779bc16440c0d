package dev.priz.wire;

import java.io.IOException;

/** How a peer ends its TCP connection. */
enum Ending {
  FIN {
    @Override
    void end(RawSocket peer) throws IOException {
      peer.close();
    }
  },
  RST {
    @Override
    void end(RawSocket peer) throws IOException {
      peer.reset();
    }
  };

  abstract void end(RawSocket peer) throws IOException;
}
