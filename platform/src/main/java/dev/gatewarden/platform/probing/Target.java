package dev.gatewarden.platform.probing;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// Where the API stands that may be attacked, how fast, and how far.
///
/// @param base what the contract's paths stand below; without query
/// @param hosts `host:port` of everything that may be called; the base's own is among them
/// @param perSecond requests, at most
/// @param most requests of the whole run
/// @param patience for one answer
/// @param may what may be done to objects that the tester did not make
public record Target(
    URI base, Set<String> hosts, int perSecond, int most, Duration patience, Set<May> may) {

  /// What may be done to objects that stood there before.
  public enum May {
    UPDATE,
    DELETE,
    ACT
  }

  public Target {
    hosts = Set.copyOf(hosts);
    may = Set.copyOf(may);
    if (perSecond < 1 || most < 1) {
      throw new IllegalArgumentException("no request may be sent");
    }
  }

  /// What the contract's paths are written behind, without a slash at its end.
  public String root() {
    String text = base.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /// Whether an address may be called.
  public boolean permits(URI address) {
    return hosts.contains(authority(address));
  }

  /// `host:port`, the port of the scheme where none is named.
  public static String authority(URI address) {
    String host = address.getHost() == null ? "" : address.getHost().toLowerCase(Locale.ROOT);
    int port = address.getPort();
    if (port < 0) {
      port = "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    }
    return host + ":" + port;
  }

  /// The same with fewer requests; at least one.
  public Target atMost(int requests) {
    return new Target(base, hosts, perSecond, requests, patience, may);
  }

  /// The same API by another way in.
  public Target through(URI door) {
    Set<String> all = new TreeSet<>(hosts);
    all.add(authority(door));
    return new Target(door, all, perSecond, most, patience, may);
  }

  /// The same target that may call these as well.
  public Target allowing(Set<String> others) {
    Set<String> all = new TreeSet<>(hosts);
    all.addAll(others);
    return new Target(base, all, perSecond, most, patience, may);
  }
}
