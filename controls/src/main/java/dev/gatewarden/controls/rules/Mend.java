package dev.gatewarden.controls.rules;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Pointer;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.core.finding.Remedy.Change;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Shapes.Shape;
import dev.gatewarden.core.finding.Tree;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Edits of the contract that rules propose beside what they say in words.
public final class Mend {
  private Mend() {}

  /// An edit that may be made without anybody looking.
  public static Remedy.Edit safe(String words, Change... changes) {
    return new Remedy.Edit(words, List.of(changes), true);
  }

  /// An edit that a person has to read: it forbids something, or promises what may not hold.
  public static Remedy.Edit suggested(String words, Change... changes) {
    return new Remedy.Edit(words, List.of(changes), false);
  }

  /// Suggests one more word in a schema, where it is written in a place that takes it.
  public static void suggest(
      Audited contract, Report.Cause cause, Shape shape, String word, Node value) {
    if (!shape.reference()) {
      suggest(contract, cause, shape.schema(), word, value);
    }
  }

  /// Suggests one more word in a schema, where it is written in a place that takes it.
  public static void suggest(
      Audited contract, Report.Cause cause, Node.Obj schema, String word, Node value) {
    if (takes(contract, schema, word)) {
      cause.remedy(
          suggested(
              "write `" + word + ": " + Json.text(value).replace("\"", "") + "`",
              new Change.Add(schema.place(), word, Json.text(value))));
    }
  }

  /// Whether a word may be added to a schema where it stands: it is no reference, has not that word
  /// yet, and is written as a schema, or as a parameter of Swagger that knows the word.
  static boolean takes(Audited contract, Node.Obj schema, String word) {
    if (schema.get(word) != null || schema.get("$ref") != null) {
      return false;
    }
    if (!converted(contract)) {
      return true;
    }
    List<String> tokens = tokens(schema.place());
    boolean written =
        tokens.contains("definitions") || tokens.contains("schema") || tokens.contains("items");
    boolean parameter =
        tokens.size() > 1 && tokens.get(tokens.size() - 2).equals("parameters")
            || tokens.size() == 2 && tokens.getFirst().equals("parameters");
    boolean file = "binary".equals(Tree.text(schema, "format"));
    return !word.equals("writeOnly") && (written || parameter && known(word) && !file);
  }

  /// What Swagger knows of the values of parameters.
  private static boolean known(String word) {
    return switch (word) {
      case "maxLength", "minLength", "pattern", "maxItems", "maximum", "minimum", "format" -> true;
      default -> word.startsWith("x-");
    };
  }

  private static List<String> tokens(Place place) {
    Pointer pointer = Pointer.parse(place.pointer());
    return pointer == null ? List.of() : pointer.tokens();
  }

  /// Whether it is Swagger 2.0, which the rules see as OpenAPI 3.0: what the conversion adds stands
  /// where the document begins.
  public static boolean converted(Audited contract) {
    Node version = contract.source().get("openapi");
    return version == null || version.place().equals(contract.source().place());
  }

  /// Adds something that many refer to, at the deepest place that is there.
  ///
  /// @param group such as `responses`
  public static Change component(Audited contract, String group, String name, String json) {
    Node.Obj root = contract.source();
    Node.Obj components = Tree.object(root, "components");
    Node.Obj known = Tree.object(components, group);
    boolean converted = converted(contract);
    if (known != null) {
      return new Change.Add(known.place(), name, json);
    }
    String inGroup = "{" + Json.quoted(name) + ": " + json + "}";
    if (converted) {
      String word = group.equals("schemas") ? "definitions" : group;
      return new Change.Add(root.place(), word, inGroup);
    }
    return components == null
        ? new Change.Add(
            root.place(), "components", "{" + Json.quoted(group) + ": " + inGroup + "}")
        : new Change.Add(components.place(), group, inGroup);
  }

  /// A reference to what stands under `components`, as the document has to write it.
  public static String reference(Audited contract, String group, String name) {
    String start =
        !converted(contract)
            ? "#/components/" + group + "/"
            : group.equals("schemas") ? "#/definitions/" : "#/" + group + "/";
    return Json.text(Json.of(Map.of("$ref", Json.of(start + name))));
  }

  /// What stands under a name among the components, or null.
  public static Node.@Nullable Obj known(Audited contract, String group, String name) {
    Node.Obj components = Tree.object(contract.source(), "components");
    Node.Obj all = Tree.object(components, group);
    return all == null ? null : contract.object(all.get(name));
  }

  /// A header that answers carry, as the document has to write it.
  ///
  /// @param schema of its values, as JSON
  public static String header(Audited contract, String description, String schema) {
    String said = "\"description\": " + Json.quoted(description);
    return converted(contract)
        ? "{" + said + ", " + schema.substring(1)
        : "{" + said + ", \"schema\": " + schema + "}";
  }

  /// The longest of what a schema shows of its values, its examples and its default, as texts.
  public static int longest(Node.Obj schema) {
    int longest = 0;
    for (String word : Arrays.asList("example", "default", "examples", "enum")) {
      for (String each : Tree.texts(schema.get(word))) {
        longest = Math.max(longest, each.codePointCount(0, each.length()));
      }
    }
    return longest;
  }
}
