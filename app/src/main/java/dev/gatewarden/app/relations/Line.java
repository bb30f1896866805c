package dev.gatewarden.app.relations;

import dev.gatewarden.app.text.Json;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place.Origin;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.core.policy.Relations.Key;
import dev.gatewarden.core.policy.Relations.Known;
import dev.gatewarden.core.policy.Relations.Relation;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One object as a line of a file says it: as JSON, or as the cells of a table.
///
/// @param number where it stands, from 1
public record Line(int number, Known known) {
  /// The columns of a table, in the order in which they are written.
  public static final List<String> COLUMNS =
      List.of("api", "type", "id", "owner", "tenant", "parents", "issuer");

  private static final Set<String> MEMBERS =
      Set.of("line", "api", "type", "id", "owner", "tenant", "parents", "issuer");
  private static final Origin ORIGIN = new Origin(URI.create("gatewarden:line.json"), "line");

  /// A line of JSON.
  ///
  /// @param number its number where it says none itself
  /// @throws IllegalArgumentException when it is none
  public static Line json(int number, String text) {
    if (!(read(text) instanceof Node.Obj object)) {
      throw new IllegalArgumentException("this is no JSON object");
    }
    for (String name : object.members().keySet()) {
      if (!MEMBERS.contains(name)) {
        throw new IllegalArgumentException("`" + name + "` is no member of such a line");
      }
    }
    Map<String, String> parents = new HashMap<>();
    switch (object.get("parents")) {
      case Node.Obj all ->
          all.entries().forEach(each -> parents.put(each.name(), text(each.name(), each.value())));
      case Node.Null _ -> {}
      case null -> {}
      case Node _ -> throw new IllegalArgumentException("`parents` is `{type: id}`");
    }
    int line = object.get("line") instanceof Node.Num said ? said.value().intValue() : number;
    return new Line(
        line,
        new Known(
            new Key(needed("api", object), needed("type", object), needed("id", object)),
            new Relation(
                optional("owner", object),
                optional("tenant", object),
                parents,
                optional("issuer", object))));
  }

  /// A row of a table.
  ///
  /// @param columns the names of the columns, as the first row says them
  /// @throws IllegalArgumentException when it does not fit them
  public static Line row(int number, List<String> columns, List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(
          "there are " + cells.size() + " cells, and " + columns.size() + " columns");
    }
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      row.put(columns.get(i), cells.get(i));
    }
    Map<String, String> parents = new HashMap<>();
    String all = row.getOrDefault("parents", "");
    for (String each : all.isEmpty() ? new String[0] : all.split(";", -1)) {
      int equal = each.indexOf('=');
      if (equal < 1 || parents.put(each.substring(0, equal), each.substring(equal + 1)) != null) {
        throw new IllegalArgumentException("`parents` is written as `account=a1;team=t2`");
      }
    }
    return new Line(
        number,
        new Known(
            new Key(
                row.getOrDefault("api", ""),
                row.getOrDefault("type", ""),
                row.getOrDefault("id", "")),
            new Relation(
                orNothing(row.get("owner")),
                orNothing(row.get("tenant")),
                parents,
                orNothing(row.get("issuer")))));
  }

  /// As a line of JSON.
  ///
  /// @param numbered whether it says its number
  public String json(boolean numbered) {
    Map<String, Object> all = new LinkedHashMap<>();
    if (numbered) {
      all.put("line", number);
    }
    all.put("api", known.key().api());
    all.put("type", known.key().type());
    all.put("id", known.key().id());
    if (known.relation().owner() != null) {
      all.put("owner", known.relation().owner());
    }
    if (known.relation().issuer() != null) {
      all.put("issuer", known.relation().issuer());
    }
    if (known.relation().tenant() != null) {
      all.put("tenant", known.relation().tenant());
    }
    if (!known.relation().parents().isEmpty()) {
      all.put("parents", new TreeMap<>(known.relation().parents()));
    }
    return Json.line(all);
  }

  /// The cells of a row, in the order of `COLUMNS`.
  ///
  /// @throws IllegalArgumentException when a parent cannot be written in a cell
  public List<String> cells() {
    List<String> parents = new ArrayList<>();
    new TreeMap<>(known.relation().parents())
        .forEach(
            (type, id) -> {
              if (type.indexOf('=') >= 0 || type.indexOf(';') >= 0 || id.indexOf(';') >= 0) {
                throw new IllegalArgumentException(
                    "a parent of `" + known.key().id() + "` holds `;`, which a table cannot say");
              }
              parents.add(type + "=" + id);
            });
    String owner = known.relation().owner();
    String tenant = known.relation().tenant();
    String issuer = known.relation().issuer();
    return List.of(
        known.key().api(),
        known.key().type(),
        known.key().id(),
        owner == null ? "" : owner,
        tenant == null ? "" : tenant,
        String.join(";", parents),
        issuer == null ? "" : issuer);
  }

  private static Node read(String text) {
    try {
      return new DocumentReader(Bounds.DEFAULT).read(ORIGIN, text.getBytes(StandardCharsets.UTF_8));
    } catch (ProblemsException malformed) {
      throw new IllegalArgumentException("this is no JSON object", malformed);
    }
  }

  private static String needed(String name, Node.Obj object) {
    Node value = object.get(name);
    if (value == null) {
      throw new IllegalArgumentException("`" + name + "` is missing");
    }
    return text(name, value);
  }

  private static @Nullable String optional(String name, Node.Obj object) {
    Node value = object.get(name);
    return value == null || value instanceof Node.Null ? null : text(name, value);
  }

  private static String text(String name, Node value) {
    return switch (value) {
      case Node.Text text -> text.value();
      case Node.Num number -> number.literal();
      case Node.Obj _, Node.Arr _, Node.Bool _, Node.Null _ ->
          throw new IllegalArgumentException("`" + name + "` is a text");
    };
  }

  private static @Nullable String orNothing(@Nullable String cell) {
    return cell == null || cell.isEmpty() ? null : cell;
  }
}
