package dev.priz.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    // Classes that are not in the command's jar have none.
    String shown = version == null ? "(not packaged)" : version;
    return new String[] {"priz " + shown + " on Java " + Runtime.version()};
  }
}
