package dev.priz.protocol;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may connect (RFC 6455 §10.2). Browsers send a page's origin with the handshake
 * and do not otherwise keep foreign pages away from a server, not even from one that their user is
 * logged in to. Requests without an origin come from programs, and pass unless {@link
 * #requireOrigin} says otherwise. Immutable.
 */
public final class OriginPolicy {
  private static final Pattern FORM = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*+)://(.*)");

  private static final OriginPolicy ANY = new OriginPolicy(false, Set.of(), false, Set.of());
  private static final OriginPolicy SAME = new OriginPolicy(true, Set.of(), false, Set.of());

  private final boolean checked;
  private final Set<String> allowed;
  private final boolean required;
  // None stands for all.
  private final Set<String> hosts;

  private OriginPolicy(boolean checked, Set<String> allowed, boolean required, Set<String> hosts) {
    this.checked = checked;
    this.allowed = allowed;
    this.required = required;
    this.hosts = hosts;
  }

  /**
   * Only pages whose host and port are those that the request was sent to; the default. Schemes are
   * compared where this server itself speaks TLS; in plain text it cannot know whether a proxy in
   * front of it does.
   */
  public static OriginPolicy sameOrigin() {
    return SAME;
  }

  /**
   * Pages of the same origin and of some others.
   *
   * @param origins such as {@code https://example.com}, with the port where it is not the scheme's
   *     own
   * @throws IllegalArgumentException if one is not an origin
   */
  public static OriginPolicy allow(String... origins) {
    Set<String> set = new TreeSet<>();
    for (String origin : origins) {
      String normal = normalise(origin);
      if (normal == null) {
        throw new IllegalArgumentException(
            "\"" + Token.printable(origin) + "\" is no origin such as https://example.com");
      }
      set.add(normal);
    }
    return new OriginPolicy(true, set, false, Set.of());
  }

  /** Any page whatsoever; for servers that tell nobody anything secret and obey nobody. */
  public static OriginPolicy any() {
    return ANY;
  }

  /** This policy, which then also refuses requests without an origin. */
  public OriginPolicy requireOrigin() {
    return new OriginPolicy(checked, allowed, true, hosts);
  }

  /**
   * This policy, which then also refuses requests that are sent to any other host than these. It
   * protects a server on a private network, or on a developer's own machine, from a page that makes
   * its own name point there, and so is of the same origin (DNS rebinding).
   *
   * @param names names or addresses as in the {@code Host} header, without port, such as {@code
   *     localhost} or {@code [::1]}
   * @throws IllegalArgumentException if there are none, or one is not a host
   */
  public OriginPolicy hosts(String... names) {
    if (names.length == 0) throw new IllegalArgumentException("hosts are 0, needed is 1");
    Set<String> set = new TreeSet<>();
    for (String name : names) {
      Authority host = Authority.parse(name);
      if (host == null || host.port() >= 0) {
        throw new IllegalArgumentException(
            "\"" + Token.printable(name) + "\" is no host such as example.com or [::1]");
      }
      set.add(name.toLowerCase(Locale.ROOT));
    }
    return new OriginPolicy(checked, allowed, required, set);
  }

  /**
   * Judges a request.
   *
   * @param secure whether the request came over TLS
   * @return null if the request passes, or what is wrong and how to allow it
   */
  @Nullable String refusal(Request request, boolean secure) {
    if (!isForUs(request)) return "the server has no such host";
    List<String> origins = request.headers().all("Origin");
    if (origins.isEmpty()) return required ? "the Origin header is missing" : null;
    if (!checked) return null;
    if (origins.size() > 1) return "more than one Origin header";
    String origin = normalise(origins.get(0));
    if (origin != null && (allowed.contains(origin) || isSame(origin, request, secure))) {
      return null;
    }
    return "origin "
        + Token.printable(origins.get(0))
        + " is not allowed; the server allows others with OriginPolicy.allow(...)";
  }

  private boolean isForUs(Request request) {
    if (hosts.isEmpty()) return true;
    Authority host = hostOf(request);
    return host != null && hosts.contains(host.host().toLowerCase(Locale.ROOT));
  }

  private static boolean isSame(String origin, Request request, boolean secure) {
    Authority host = hostOf(request);
    if (host == null || (secure && !origin.startsWith("https:"))) return false;
    return origin.equals(normalise(origin.substring(0, origin.indexOf(':')), host));
  }

  private static @Nullable Authority hostOf(Request request) {
    String host = request.headers().first("Host");
    return host == null ? null : Authority.parse(host);
  }

  private static @Nullable String normalise(String origin) {
    Matcher matcher = FORM.matcher(origin);
    if (!matcher.matches()) return null;
    Authority authority = Authority.parse(matcher.group(2));
    return authority == null ? null : normalise(matcher.group(1), authority);
  }

  private static String normalise(String scheme, Authority authority) {
    int port = authority.portOr(scheme.equalsIgnoreCase("https") ? 443 : 80);
    return (scheme + "://" + authority.host()).toLowerCase(Locale.ROOT) + ":" + port;
  }
}
