package dev.gatewarden.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.document.ProblemsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/// The tree of routes agrees with a twin that looks at every operation.
class RoutesProperties {
  private static final List<String> SEGMENTS =
      List.of("a", "b", "ab", "{x}", "{x}", "{x}.a", "a{x}", "{x}-{y}", "a-{x}-{y}", "");
  private static final List<String> VALUES =
      List.of("a", "b", "ab", "c", "a.a", "ab.a", "a-b", "a-a-b", "b-c", "-", "", "%20", "a-b.a");

  @Provide
  Arbitrary<String> operation() {
    return Arbitraries.of("GET", "POST", "HEAD")
        .flatMap(
            method ->
                Arbitraries.of(SEGMENTS)
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(4)
                    .map(s -> method + template(s)));
  }

  /// Numbered variables, an empty segment only at the end.
  private static String template(List<String> segments) {
    StringBuilder text = new StringBuilder(" ");
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      boolean hollow = segment.isEmpty() && i < segments.size() - 1;
      text.append('/')
          .append(
              hollow ? "a" : segment.replace("{x}", "{x" + i + "}").replace("{y}", "{y" + i + "}"));
    }
    return text.toString();
  }

  @Provide
  Arbitrary<String> path() {
    return Arbitraries.of(VALUES)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(s -> "/" + String.join("/", s));
  }

  @Property(tries = 3000)
  void agrees_with_an_obvious_twin(
      @ForAll @Size(min = 1, max = 8) Set<@From("operation") String> operations,
      @ForAll @Size(min = 1, max = 20) List<@From("path") String> paths) {
    Contract contract = RoutesTest.api("shop", operations.toArray(String[]::new));
    Routes routes;
    try {
      routes = new Routes(List.of(new Mount(contract, "", "")));
    } catch (ProblemsException ambiguous) {
      Assume.that(false);
      return;
    }
    for (String path : paths) {
      for (String method : List.of("GET", "HEAD", "POST", "PUT")) {
        assertThat(RoutesTest.shown(routes.route(method, "h", path)))
            .as("%s %s among %s", method, path, operations)
            .isEqualTo(twin(contract, method, path));
      }
    }
  }

  private static String twin(Contract contract, String method, String path) {
    List<String> segments = List.of(path.substring(1).split("/", -1));
    Operation best = null;
    for (Operation operation : contract.operations()) {
      if (values(operation.path(), segments) != null
          && (best == null || rank(operation).compareTo(rank(best)) < 0)) {
        best = operation;
      }
    }
    if (best == null) {
      return "unlisted";
    }
    TreeSet<String> allowed = new TreeSet<>();
    Operation found = null;
    for (Operation operation : contract.operations()) {
      if (rank(operation).equals(rank(best))) {
        allowed.add(operation.method());
        found = operation.method().equals(method) ? operation : found;
      }
    }
    for (Operation operation : contract.operations()) {
      if (rank(operation).equals(rank(best)) && operation.method().equals("GET")) {
        allowed.add("HEAD");
        found = found == null && method.equals("HEAD") ? operation : found;
      }
    }
    if (found == null) {
      return new ArrayList<>(allowed).toString();
    }
    StringBuilder text = new StringBuilder(found.id().name());
    List<String> values = values(found.path(), segments);
    for (int i = 0; i < values.size(); i++) {
      text.append(' ').append(found.path().variables().get(i)).append('=').append(values.get(i));
    }
    return text.toString();
  }

  /// Smaller is more specific; equal means the same structure.
  private static String rank(Operation operation) {
    StringBuilder rank = new StringBuilder();
    for (PathTemplate.Segment segment : operation.path().segments()) {
      String shape = "";
      int fixed = 0;
      for (PathTemplate.Part part : segment.parts()) {
        if (part instanceof PathTemplate.Literal(String text)) {
          shape += text;
          fixed += text.length();
        } else {
          shape += "{}";
        }
      }
      int kind = segment.literal() ? 0 : segment.variable() ? 9 : 8 - fixed;
      rank.append(kind).append(shape).append('/');
    }
    return rank.toString();
  }

  /// The values of the variables where every segment matches in exactly one way, else null.
  private static List<String> values(PathTemplate path, List<String> segments) {
    if (path.segments().size() != segments.size()) {
      return null;
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < segments.size(); i++) {
      List<List<String>> ways = new ArrayList<>();
      ways(path.segments().get(i).parts(), 0, segments.get(i), List.of(), ways);
      if (ways.size() != 1) {
        return null;
      }
      values.addAll(ways.getFirst());
    }
    return values;
  }

  private static void ways(
      List<PathTemplate.Part> parts,
      int at,
      String rest,
      List<String> values,
      List<List<String>> ways) {
    if (at == parts.size()) {
      if (rest.isEmpty()) {
        ways.add(values);
      }
      return;
    }
    switch (parts.get(at)) {
      case PathTemplate.Literal(String text) -> {
        if (rest.startsWith(text)) {
          ways(parts, at + 1, rest.substring(text.length()), values, ways);
        }
      }
      case PathTemplate.Variable ignored -> {
        for (int end = 1; end <= rest.length(); end++) {
          List<String> longer = new ArrayList<>(values);
          longer.add(rest.substring(0, end));
          ways(parts, at + 1, rest.substring(end), longer, ways);
        }
      }
    }
  }
}
