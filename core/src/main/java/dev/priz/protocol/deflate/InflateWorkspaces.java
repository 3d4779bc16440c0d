package dev.priz.protocol.deflate;

import org.jspecify.annotations.Nullable;

/**
 * The workspaces that the connections of one thread share: each borrows one while a compressed
 * message is under way, which is one for all of them as long as messages come whole. A workspace
 * takes about 8 KiB.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class InflateWorkspaces {
  private static final int MAX_KEPT = 8;

  private final @Nullable InflateWorkspace[] kept = new @Nullable InflateWorkspace[MAX_KEPT];
  private int count;

  /** Without workspaces yet; they are made when they are needed. */
  public InflateWorkspaces() {}

  /** One that nobody else uses until it is given back. */
  InflateWorkspace borrow() {
    if (count == 0) return new InflateWorkspace();
    InflateWorkspace workspace = kept[--count];
    assert workspace != null : "kept " + count;
    kept[count] = null;
    return workspace;
  }

  /** Takes one back, and keeps it unless there are enough. */
  void giveBack(InflateWorkspace workspace) {
    workspace.forget();
    if (count < MAX_KEPT) kept[count++] = workspace;
  }
}
