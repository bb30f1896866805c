package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one schema says by itself, whatever the dialect: its keywords in one spelling.
final class Facts {
  final Node owner;

  boolean never;

  /// The types of [Type] that may stand here, and whether numbers must be whole; all of them where
  /// `type` is silent.
  int types = Type.ALL;

  boolean whole;

  /// Whether a whole number must also be written as one (draft 4 core, section 3.5).
  boolean literal;

  @Nullable List<Node> values;
  @Nullable Node constant;

  final java.util.ArrayList<NumberRule.Limit> limits = new java.util.ArrayList<>();
  NumberRule.@Nullable Multiple multiple;

  final java.util.ArrayList<StringRule.Length> lengths = new java.util.ArrayList<>();
  @Nullable String pattern;
  @Nullable String format;
  @Nullable String encoding;
  @Nullable String media;

  final java.util.ArrayList<ArrayRule.Size> itemCounts = new java.util.ArrayList<>();
  boolean unique;
  List<Node> prefix = List.of();
  @Nullable Node items;
  @Nullable Node contains;

  /// Whether items that `contains` finds count as evaluated.
  boolean containsEvaluates;

  int minContains = 1;
  int maxContains = Integer.MAX_VALUE;
  boolean minContainsStated;
  @Nullable Node unevaluatedItems;

  final java.util.ArrayList<ObjectRule.Size> memberCounts = new java.util.ArrayList<>();
  List<String> required = List.of();
  Map<String, Node> properties = Map.of();
  Map<String, Node> patterned = Map.of();
  @Nullable Node additional;
  @Nullable Node propertyNames;
  @Nullable Node unevaluatedProperties;
  Map<String, List<String>> dependentRequired = Map.of();
  Map<String, Node> dependentSchemas = Map.of();

  List<Node> allOf = List.of();
  List<Node> anyOf = List.of();
  List<Node> oneOf = List.of();
  @Nullable Node not;
  @Nullable Node condition;
  @Nullable Node then;
  @Nullable Node otherwise;

  @Nullable String reference;
  @Nullable String dynamicReference;

  @Nullable String discriminator;
  Map<String, String> mapping = Map.of();

  boolean readOnly;
  boolean writeOnly;

  /// The labels its author put on it.
  long labels;

  /// Whether this is only a path to a mark, and promises nothing.
  boolean ghost;

  Facts(Node owner) {
    this.owner = owner;
  }

  /// Whether it says by itself which members an object has.
  boolean declaresMembers() {
    return !ghost && (!properties.isEmpty() || !patterned.isEmpty());
  }

  /// The facts of a path to marks.
  static Facts ghost(Node owner) {
    Facts facts = new Facts(owner);
    facts.ghost = true;
    facts.properties = new LinkedHashMap<>();
    return facts;
  }
}
