package io.freshet.cli;

import io.freshet.platform.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code freshet version}. */
@Command(name = "version", description = "Print the version.")
final class VersionCommand implements Runnable, IVersionProvider {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().getOut().println(String.join("\n", getVersion()));
  }

  @Override
  public String[] getVersion() {
    return new String[] {"freshet " + Version.text(), "java " + Runtime.version()};
  }
}
