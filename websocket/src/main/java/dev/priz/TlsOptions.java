package dev.priz;

import dev.priz.netty.Tls;
import java.net.IDN;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to speak TLS: as a server with a certificate, as a client perhaps with one of its own. Files
 * are read when the server starts or the client is built; a server reads them again when they have
 * changed. Immutable.
 *
 * {@snippet class="dev.priz.docs.TlsExample" region="hosts"}
 */
public final class TlsOptions {
  private static final Duration RELOAD_EVERY = Duration.ofSeconds(10);
  private static final Pattern HOST =
      Pattern.compile(
          "(\\*\\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*");

  /**
   * For clients: the JDK's trusted certificates, host names verified, no certificate of one's own.
   */
  public static final TlsOptions CLIENT =
      new TlsOptions(new Tls(null, Map.of(), null, false, false, null, RELOAD_EVERY));

  private final Tls tls;

  private TlsOptions(Tls tls) {
    this.tls = tls;
  }

  /** Who does the work. */
  public enum Provider {
    /** The JDK. */
    JDK,
    /** OpenSSL, as BoringSSL; needs {@code netty-tcnative-boringssl-static} for this platform. */
    OPENSSL
  }

  /**
   * TLS with a certificate of one's own, in PEM files.
   *
   * @param chain the certificate, followed by those that signed it
   * @param key its private key in PKCS#8, without a password
   */
  public static TlsOptions pem(Path chain, Path key) {
    return of(new Tls.Identity.Pem(chain, key, null));
  }

  /**
   * TLS with a certificate of one's own, in PEM files.
   *
   * @param chain the certificate, followed by those that signed it
   * @param key its private key in PKCS#8
   * @param password of the key
   */
  public static TlsOptions pem(Path chain, Path key, String password) {
    return of(new Tls.Identity.Pem(chain, key, password));
  }

  /**
   * TLS with a certificate of one's own, in a PKCS#12 key store.
   *
   * @param password of the store and the key in it
   */
  public static TlsOptions pkcs12(Path store, String password) {
    return of(new Tls.Identity.Pkcs12(store, password));
  }

  /**
   * These options for a server with one more certificate, for clients that ask for a host (by
   * Server Name Indication, RFC 6066 §3). Clients that ask for a host without a certificate, or for
   * none, get that of these options. Which certificate a client gets decides nothing else: the
   * server's routes, and whom it {@linkplain #trust trusts}, are the same under all names.
   *
   * @param host a name such as {@code example.com}, or all with one more label, {@code
   *     *.example.com}; a name goes before a wildcard. Replaces the certificate of the same host
   * @param certificate {@link #pem} or {@link #pkcs12}; only its certificate counts
   * @throws IllegalArgumentException if the host is no name, or there is no certificate
   */
  public TlsOptions forHost(String host, TlsOptions certificate) {
    Tls.Identity identity = certificate.tls.identity();
    if (identity == null) throw new IllegalArgumentException("no certificate for " + host);
    var hosts = new TreeMap<>(tls.hosts());
    hosts.put(normal(host), identity);
    return with(tls.identity(), Map.copyOf(hosts), tls.reloadEvery());
  }

  /**
   * These options for a server that looks so often whether its files have changed; every 10 seconds
   * unless set. New connections then get the new certificate, while others go on. Files that cannot
   * be used, such as a new certificate beside an old key, change nothing: a warning is logged, and
   * they are tried again.
   *
   * @param interval zero for never; {@link WebSocketServer#reloadTls} works all the same
   * @throws IllegalArgumentException if it is negative
   */
  public TlsOptions reloadEvery(Duration interval) {
    if (interval.isNegative()) {
      throw new IllegalArgumentException("interval is " + interval + ", the least is zero");
    }
    return with(tls.identity(), tls.hosts(), interval);
  }

  /**
   * These options, trusting the certificates of a PEM file, and those they signed, instead of the
   * JDK's.
   */
  public TlsOptions trust(Path certificates) {
    return with(certificates, false, tls.requirePeer(), tls.openSsl());
  }

  /**
   * These options for a server that lets in only clients with a trusted certificate (mutual TLS).
   */
  public TlsOptions requireClientCertificate() {
    return with(tls.trust(), false, true, tls.openSsl());
  }

  /**
   * These options for a client that trusts anyone, whatever the certificate and the host name; for
   * tests only.
   */
  public TlsOptions insecure() {
    return with(tls.trust(), true, tls.requirePeer(), tls.openSsl());
  }

  /**
   * These options with a fixed provider instead of OpenSSL where it is present and the JDK
   * elsewhere.
   */
  public TlsOptions provider(Provider provider) {
    boolean openSsl = provider == Provider.OPENSSL;
    return with(tls.trust(), tls.trustAnyone(), tls.requirePeer(), openSsl);
  }

  Tls tls() {
    return tls;
  }

  private static TlsOptions of(Tls.Identity identity) {
    return CLIENT.with(identity, Map.of(), RELOAD_EVERY);
  }

  private TlsOptions with(
      Tls.@Nullable Identity identity, Map<String, Tls.Identity> hosts, Duration reloadEvery) {
    return new TlsOptions(
        new Tls(
            identity,
            hosts,
            tls.trust(),
            tls.trustAnyone(),
            tls.requirePeer(),
            tls.openSsl(),
            reloadEvery));
  }

  private TlsOptions with(
      @Nullable Path trust, boolean trustAnyone, boolean requirePeer, @Nullable Boolean openSsl) {
    return new TlsOptions(
        new Tls(
            tls.identity(),
            tls.hosts(),
            trust,
            trustAnyone,
            requirePeer,
            openSsl,
            tls.reloadEvery()));
  }

  // As it stands in a ClientHello: RFC 6066 §3 wants A-labels.
  private static String normal(String host) {
    boolean wildcard = host.startsWith("*.");
    String name = wildcard ? host.substring(2) : host;
    String normal = (wildcard ? "*." : "") + IDN.toASCII(name).toLowerCase(Locale.ROOT);
    if (!HOST.matcher(normal).matches()) {
      throw new IllegalArgumentException(
          "host is \"" + host + "\", expected a name such as example.com or *.example.com");
    }
    return normal;
  }
}
