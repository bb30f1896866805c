package dev.gatewarden.app.configuration;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a Redis is: `redis://host:6379/1`, or `redis-sentinel://one:26379,two:26379/1#main`, where
/// sentinels say which server is the primary now. Over TLS they begin with `rediss`.
///
/// @param written as it stands in the file
/// @param places the server, or the sentinels
/// @param primary the name under which sentinels know the primary; null where there are none
/// @param database the number of the database
public record RedisAddress(
    String written, boolean tls, List<Place> places, @Nullable String primary, int database) {
  private static final int PORT = 6379;
  private static final int SENTINEL_PORT = 26379;

  /// One server.
  ///
  /// @param host a name or an address, without brackets
  public record Place(String host, int port) {
    boolean isNear() {
      return Networks.holds(
          URI.create("redis://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host)));
    }
  }

  /// The place that a text names.
  ///
  /// @throws IllegalArgumentException when the text names none; it never repeats the text, which
  ///     may hold a password
  public static RedisAddress parse(String text) {
    int scheme = text.indexOf("://");
    int name = text.indexOf('#');
    String rest = scheme < 0 ? "" : text.substring(scheme + 3, name < 0 ? text.length() : name);
    int slash = rest.indexOf('/');
    String servers = slash < 0 ? rest : rest.substring(0, slash);
    int database = slash < 0 ? 0 : database(rest.substring(slash + 1));
    if (servers.indexOf('@') >= 0) {
      throw new IllegalArgumentException(
          "a secret stands here in the clear; write `{redis: …, password: env:NAME}`");
    }
    String kind = scheme < 0 ? "" : text.substring(0, scheme);
    boolean tls = kind.startsWith("rediss");
    return switch (kind) {
      case "redis", "rediss" -> {
        List<Place> one = places(servers, PORT);
        if (one.size() != 1 || name >= 0 || database < 0) {
          throw new IllegalArgumentException(
              "write it as `redis://host:6379` or `rediss://host:6380/1`");
        }
        yield new RedisAddress(text, tls, one, null, database);
      }
      case "redis-sentinel", "rediss-sentinel" -> {
        List<Place> sentinels = places(servers, SENTINEL_PORT);
        if (sentinels.isEmpty() || name < 0 || name == text.length() - 1 || database < 0) {
          throw new IllegalArgumentException(
              "name the sentinels, and the primary as they do:"
                  + " `redis-sentinel://one:26379,two:26379#main`");
        }
        yield new RedisAddress(text, tls, sentinels, text.substring(name + 1), database);
      }
      default -> throw new IllegalArgumentException("write an address such as `redis://host:6379`");
    };
  }

  /// Empty where one of them is none.
  private static List<Place> places(String servers, int port) {
    List<Place> places = new ArrayList<>();
    for (String each : servers.split(",", -1)) {
      try {
        URI one = new URI("redis://" + each);
        String host = one.getHost();
        if (host == null || one.getRawQuery() != null) {
          return List.of();
        }
        places.add(
            new Place(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                one.getPort() < 0 ? port : one.getPort()));
      } catch (URISyntaxException none) {
        return List.of();
      }
    }
    return List.copyOf(places);
  }

  private static int database(String path) {
    boolean number = path.length() <= 3;
    for (int i = 0; i < path.length(); i++) {
      number &= path.charAt(i) >= '0' && path.charAt(i) <= '9';
    }
    return path.isEmpty() ? 0 : number ? Integer.parseInt(path) : -1;
  }

  /// Whether what is said would cross an open network for everybody to read.
  boolean isExposed() {
    boolean near = true;
    for (Place place : places) {
      near &= place.isNear();
    }
    return !tls && !near;
  }

  @Override
  public String toString() {
    return written;
  }
}
