package dev.priz.wire;

import dev.priz.TlsOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What tests of TLS share: certificates, and a run with each provider. */
@ParameterizedClass
@MethodSource("dev.priz.wire.Certificates#providers")
abstract class TlsFixture {
  @TempDir private static Path folder;
  static Certificates certificates;
  static Certificates.Identity localhost;

  @Parameter TlsOptions.Provider provider;

  @BeforeAll
  static void makeCertificates() throws Exception {
    certificates = new Certificates(folder);
    localhost = certificates.localhost();
  }
}
