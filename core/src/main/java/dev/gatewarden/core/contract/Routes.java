package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.ProblemsException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The way from host, method and canonical path to the operation that is promised there.
///
/// Exact: no case folding, no optional slash at the end, no guessing. A literal segment beats a
/// segment with variables, and that beats a plain variable, decided from the left; then the method
/// is looked for. `HEAD` is listed wherever `GET` is.
public final class Routes {
  private final Map<String, RouteNode> byHost = new HashMap<>();
  private final Map<String, RouteNode> byParent = new HashMap<>();
  private final RouteNode anyHost;

  /// The routes of all APIs.
  ///
  /// @throws ProblemsException with all that is ambiguous: two APIs at one host and path, two
  ///     operations for one request
  public Routes(List<Mount> mounts) {
    Notes notes = new Notes();
    List<Mount> distinct = distinct(mounts, notes);
    Set<String> hosts = new LinkedHashSet<>();
    distinct.forEach(mount -> hosts.add(mount.host()));
    hosts.add("");
    RouteNode any = new RouteNode();
    for (String host : hosts) {
      RouteNode node = host.isEmpty() ? any : new RouteNode();
      // what is said for this host goes before what is said for its kind, and that before any host
      for (String source : sources(host)) {
        for (Mount mount : distinct) {
          if (mount.host().equals(source)) {
            mount(node, mount, source.equals(host) ? notes : null);
          }
        }
      }
      node.seal();
      if (host.startsWith("*.")) {
        byParent.put(host.substring(2), node);
      } else if (!host.isEmpty()) {
        byHost.put(host, node);
      }
    }
    anyHost = any;
    if (!notes.problems().isEmpty()) {
      throw new ProblemsException(notes.problems());
    }
  }

  private static List<String> sources(String host) {
    List<String> sources = new ArrayList<>();
    sources.add(host);
    int dot = host.indexOf('.');
    if (dot > 0 && !host.startsWith("*.")) {
      sources.add("*" + host.substring(dot));
    }
    if (!host.isEmpty()) {
      sources.add("");
    }
    return sources;
  }

  private static List<Mount> distinct(List<Mount> mounts, Notes notes) {
    Map<String, Mount> taken = new HashMap<>();
    List<Mount> distinct = new ArrayList<>();
    for (Mount mount : mounts) {
      Mount first = taken.putIfAbsent(mount.host() + " " + mount.basePath(), mount);
      if (first == null) {
        distinct.add(mount);
      } else {
        notes.problem(
            mount.contract().source().place(),
            "`"
                + first.contract().api()
                + "` and `"
                + mount.contract().api()
                + "` stand at the same host and path",
            "give one of them another `at: {host: …, path: …}`");
      }
    }
    return distinct;
  }

  /// @param notes null where what stands already wins silently
  private static void mount(RouteNode root, Mount mount, @Nullable Notes notes) {
    TemplateReader reader = new TemplateReader(notes == null ? new Notes() : notes);
    for (Operation operation : mount.contract().operations()) {
      PathTemplate full =
          mount.basePath().isEmpty()
              ? operation.path()
              : reader.read(mount.basePath() + operation.path().text(), operation.place());
      if (full != null) {
        put(root, operation, full, notes);
      }
    }
  }

  private static void put(
      RouteNode root, Operation operation, PathTemplate path, @Nullable Notes notes) {
    RouteNode node = root;
    List<@Nullable SegmentPattern> patterns = new ArrayList<>();
    boolean[] variables = new boolean[path.segments().size()];
    for (PathTemplate.Segment segment : path.segments()) {
      SegmentPattern pattern = null;
      if (segment.variable()) {
        variables[patterns.size()] = true;
        node = node.variable();
      } else if (segment.literal()) {
        node = node.literal(literal(segment));
      } else {
        pattern = new SegmentPattern(segment);
        SegmentPattern rival = node.rival(pattern);
        if (rival != null && notes != null) {
          rivals(operation, path, pattern, rival, notes);
        }
        node = node.pattern(pattern);
      }
      patterns.add(pattern);
    }
    Operation first = node.leaf(patterns, variables).put(operation);
    if (first != null && notes != null) {
      taken(operation, first, notes);
    }
  }

  private static String literal(PathTemplate.Segment segment) {
    return !segment.parts().isEmpty()
            && segment.parts().getFirst() instanceof PathTemplate.Literal(String text)
        ? PathCoding.encoded(text)
        : "";
  }

  private static void rivals(
      Operation operation,
      PathTemplate path,
      SegmentPattern pattern,
      SegmentPattern rival,
      Notes notes) {
    notes.problem(
        operation.place(),
        "`"
            + path
            + "` is ambiguous: one segment may match both `"
            + pattern.shape()
            + "` and `"
            + rival.shape()
            + "`");
  }

  private static void taken(Operation operation, Operation first, Notes notes) {
    Place place = first.place();
    notes.problem(
        operation.place(),
        "`"
            + operation.method()
            + " "
            + operation.path()
            + "` of `"
            + operation.id()
            + "` is the same request as `"
            + first.method()
            + " "
            + first.path()
            + "` of `"
            + first.id()
            + "`",
        "that one stands at " + place);
  }

  /// Where a request goes.
  ///
  /// @param method as sent, methods are compared with case (RFC 9110, section 9.1)
  /// @param host lower case, without port
  /// @param path canonical: percent-encoded where it must be and nowhere else, no dot or empty
  ///     segments
  public Routing route(String method, String host, String path) {
    if (path.isEmpty() || path.charAt(0) != '/') {
      return Routing.UNLISTED;
    }
    RouteNode.Leaf leaf = root(host).find(path, 1);
    return leaf == null ? Routing.UNLISTED : leaf.route(method, path);
  }

  private RouteNode root(String host) {
    RouteNode exact = byHost.get(host);
    if (exact != null) {
      return exact;
    }
    if (!byParent.isEmpty()) {
      int dot = host.indexOf('.');
      RouteNode wide = dot <= 0 ? null : byParent.get(host.substring(dot + 1));
      if (wide != null) {
        return wide;
      }
    }
    return anyHost;
  }
}
