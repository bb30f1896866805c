package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Arr;
import dev.gatewarden.core.document.Node.Obj;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A part of a request that one schema describes: a parameter, or the body.
///
/// @param parameter null for the body
/// @param base a value that the schema takes, what the working request has there if it has any
/// @param required whether it has to be there
record Root(
    Kind kind, @Nullable Parameter parameter, Judge judge, @Nullable Node base, boolean required) {

  /// How it is written.
  enum Kind {
    PATH,
    QUERY,
    HEADER,
    COOKIE,
    JSON,
    FORM,
    PARTS,
    XML
  }

  /// `query.limit`, or `body`.
  String at() {
    return parameter == null
        ? "body"
        : kind.name().toLowerCase(java.util.Locale.ROOT) + "." + parameter.name();
  }

  Node schema() {
    return judge.source().schema();
  }

  /// Whether values lose their type on the way.
  boolean isTextual() {
    return parameter == null ? kind != Kind.JSON : parameter.mediaType() == null;
  }

  List<Site> sites() {
    return Site.of(judge, schema(), base, required);
  }

  /// Whether a value is what a rule says that it is, changed at this path and nowhere else.
  boolean stands(Rule rule, @Nullable Node whole, List<String> path) {
    if (whole == null) {
      return rule == Rule.MISSING && required;
    }
    if (isTextual() && !isWritable(whole, path)) {
      return false;
    }
    return switch (rule.is()) {
      case RIGHT -> judge.takes(schema(), whole);
      case ODD -> true;
      case WRONG ->
          isTextual() ? isWrongAsText(rule, whole, path) : judge.refusesOnly(schema(), whole, path);
    };
  }

  private boolean isWrongAsText(Rule rule, Node whole, List<String> path) {
    Node here = Json.at(whole, path);
    String text = Json.scalar(here);
    if (text != null) {
      return readings(text, path.isEmpty()).stream()
          .allMatch(each -> judge.refuses(schema(), Json.with(whole, path, each)));
    }
    boolean counted = rule == Rule.FEWER || rule == Rule.MORE || rule == Rule.TWICE;
    boolean told =
        switch (here) {
          case null -> rule == Rule.MISSING;
          case Arr array -> counted && !array.items().isEmpty();
          case Obj _ -> rule == Rule.UNDECLARED || rule == Rule.NAME;
          default -> false;
        };
    return told
        && judge.refusesOnly(schema(), whole, path)
        && judge.refuses(schema(), texts(whole));
  }

  /// What a service may take a text for.
  private static List<Node> readings(String text, boolean outermost) {
    List<Node> all = new ArrayList<>();
    all.add(Json.of(text));
    all.add(Json.of(text.strip()));
    if (text.strip().matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
      all.add(Json.number(text.strip()));
    }
    switch (text.strip()) {
      case "true", "false" -> all.add(Json.of(Boolean.parseBoolean(text.strip())));
      case "null", "" -> all.add(Json.NULL);
      default -> {}
    }
    if (outermost) {
      List.copyOf(all).forEach(each -> all.add(Json.of(List.of(each))));
      all.add(Json.of(List.of(text.split(",", -1)).stream().map(Json::of).toList()));
    }
    return all;
  }

  private static Node texts(Node value) {
    return switch (value) {
      case Arr(var _, List<Node> items) -> Json.of(items.stream().map(Root::texts).toList());
      case Obj object -> {
        Map<String, Node> members = new LinkedHashMap<>();
        object.entries().forEach(each -> members.put(each.name(), texts(each.value())));
        yield Json.of(members);
      }
      default -> {
        String text = Json.scalar(value);
        yield text == null ? value : Json.of(text);
      }
    };
  }

  /// Whether what is changed can be written where it is to stand, and is read there as one thing.
  private boolean isWritable(Node whole, List<String> path) {
    Node here = Json.at(whole, path);
    if (here instanceof Node.Null || (parameter != null && whole instanceof Node.Null)) {
      return false;
    }
    List<String> leaves = new ArrayList<>();
    boolean flat = leaves(whole, leaves, 0);
    boolean most =
        switch (kind) {
          case QUERY -> true;
          case XML, PARTS -> whole instanceof Obj;
          case FORM -> flat && whole instanceof Obj;
          case PATH, HEADER, COOKIE -> Json.scalar(whole) != null;
          case JSON -> true;
        };
    return most && leaves.stream().allMatch(this::isWritable);
  }

  /// Whether it is at most a list of plain values, or members of such.
  private static boolean leaves(Node value, List<String> to, int depth) {
    return switch (value) {
      case Arr(var _, List<Node> items) -> {
        boolean flat = depth < 2 && !items.isEmpty();
        for (Node each : items) {
          flat &= !(each instanceof Obj) && leaves(each, to, depth + 1);
        }
        yield flat;
      }
      case Obj object -> {
        boolean flat = depth == 0;
        for (Node.Member each : object.entries()) {
          flat &= leaves(each.value(), to, depth + 1);
        }
        yield flat;
      }
      default -> {
        String text = Json.scalar(value);
        to.add(text == null ? "" : text);
        yield text != null;
      }
    };
  }

  private boolean isWritable(String text) {
    return switch (kind) {
      case PATH ->
          !text.isBlank()
              && text.length() < 1_000
              && !text.startsWith(".")
              && text.chars().noneMatch(c -> c < ' ' || "/\\;%?#".indexOf(c) >= 0);
      case QUERY -> !text.isEmpty() && text.length() < 2_000 && text.indexOf('\0') < 0;
      case HEADER ->
          !text.isEmpty()
              && text.length() < 4_000
              && text.equals(text.strip())
              && text.chars().allMatch(c -> c >= ' ' && c <= '~');
      case COOKIE ->
          !text.isEmpty()
              && text.length() < 2_000
              && text.chars().allMatch(c -> c > ' ' && c <= '~' && "\";,\\".indexOf(c) < 0);
      case FORM, PARTS -> !text.isEmpty();
      case XML -> !text.isEmpty() && text.chars().allMatch(c -> c >= ' ');
      case JSON -> true;
    };
  }
}
