package dev.priz.netty;

/** The addresses of a host are not to be connected to, as an {@link AddressCheck} says. */
public final class AddressRefusal extends Exception {
  private static final long serialVersionUID = 1L;

  AddressRefusal(String why) {
    super(why, null, false, false);
  }
}
