package dev.priz.cli;

import java.util.Locale;

/** The values of {@code --deflate}, by their names in small letters. */
enum DeflateMode {
  SHARED,
  DEDICATED,
  OFF;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
