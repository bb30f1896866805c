package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import org.jspecify.annotations.Nullable;

/// Says what is wrong in words of the schema, never of the document.
final class Sentences {
  private static final int MOST_LISTED = 12;

  private Sentences() {}

  /// Where the keyword stands in its document, or the empty text.
  static String location(@Nullable Node owner, Keyword word) {
    if (owner == null) {
      return "";
    }
    String schema = "#" + owner.place().pointer();
    return switch (word) {
      case NEVER -> schema;
      case UNKNOWN_FIELD -> schema;
      default -> schema + "/" + spelled(owner, word);
    };
  }

  /// The keyword as its schema spells it: older drafts have one word for two.
  private static String spelled(Node owner, Keyword word) {
    if (owner instanceof Node.Obj schema && schema.get(word.word()) == null) {
      if (word == Keyword.DEPENDENT_REQUIRED || word == Keyword.DEPENDENT_SCHEMAS) {
        return "dependencies";
      }
      if (word == Keyword.TYPE && schema.get("$ref") != null) {
        return "$ref";
      }
    }
    return word.word();
  }

  static String of(@Nullable Node owner, Keyword word, String detail) {
    return switch (word) {
      case TYPE -> "must be " + types(owner);
      case ENUM -> "must be one of " + listed(owner);
      case CONST -> "must be " + value(owner, "const", "the value the contract fixes");
      case MULTIPLE_OF -> "must be a multiple of " + value(owner, "multipleOf", "the given step");
      case MAXIMUM ->
          strict(owner, "exclusiveMaximum")
              ? "must be less than " + value(owner, "maximum", "the limit")
              : "must be at most " + value(owner, "maximum", "the limit");
      case EXCLUSIVE_MAXIMUM ->
          "must be less than " + value(owner, "exclusiveMaximum", "the limit");
      case MINIMUM ->
          strict(owner, "exclusiveMinimum")
              ? "must be greater than " + value(owner, "minimum", "the limit")
              : "must be at least " + value(owner, "minimum", "the limit");
      case EXCLUSIVE_MINIMUM ->
          "must be greater than " + value(owner, "exclusiveMinimum", "the limit");
      case MAX_LENGTH ->
          "must be at most "
              + value(owner, "maxLength", "the allowed number of")
              + " characters long";
      case MIN_LENGTH ->
          "must be at least "
              + value(owner, "minLength", "the needed number of")
              + " characters long";
      case PATTERN -> "must match the pattern " + value(owner, "pattern", "of the contract");
      case CONTENT_ENCODING ->
          "must be encoded as " + value(owner, "contentEncoding", "the contract says");
      case CONTENT_MEDIA_TYPE ->
          "must hold " + value(owner, "contentMediaType", "what the contract says");
      case FORMAT -> "must have the format " + value(owner, "format", "of the contract");
      case MAX_ITEMS ->
          owner == null
              ? "must not hold so many items"
              : "must hold at most " + value(owner, "maxItems", "so many") + " items";
      case MIN_ITEMS -> "must hold at least " + value(owner, "minItems", "so many") + " items";
      case UNIQUE_ITEMS -> "must not hold the same item twice";
      case CONTAINS -> "must hold an item of the kind the contract asks for";
      case MAX_CONTAINS ->
          "must hold at most " + value(owner, "maxContains", "so many") + " items of that kind";
      case MIN_CONTAINS ->
          "must hold at least " + value(owner, "minContains", "so many") + " items of that kind";
      case MAX_PROPERTIES ->
          "must have at most " + value(owner, "maxProperties", "so many") + " fields";
      case MIN_PROPERTIES ->
          "must have at least " + value(owner, "minProperties", "so many") + " fields";
      case REQUIRED -> "must have the field `" + detail + "`";
      case DEPENDENT_REQUIRED -> "must have the field `" + detail + "` together with the others";
      case PROPERTY_NAMES -> "must not have a field of this name";
      case ALL_OF -> "must obey every part of `allOf`";
      case ANY_OF, ONE_OF, DISCRIMINATOR -> choice(word, detail);
      case NOT -> "must not be what `not` describes";
      case IF -> "must obey what follows from `if`";
      case DEPENDENT_SCHEMAS -> "must obey what a field brings along";
      case READ_ONLY -> "must not be sent: the service alone sets it";
      case WRITE_ONLY -> "must not be returned: it is only ever written";
      case NEVER -> "must not be here";
      case UNKNOWN_FIELD -> "is a field the contract does not know";
      case SYNTAX -> "is not well-formed JSON here";
      case ENCODING -> "is not valid UTF-8, or holds half a surrogate pair";
      case DUPLICATE_KEY -> "is a field that was there before";
      case MAX_DEPTH -> "is nested too deeply";
      case MAX_KEYS -> "has too many fields";
      case MAX_STRING_BYTES -> "is too long a text";
      case MAX_NUMBER -> "is too long a number, or its exponent is too far from zero";
      case MAX_SPANS -> "is one value too many of its kind";
      case MAX_STEPS -> "takes too many steps to judge";
    };
  }

  private static String choice(Keyword word, String detail) {
    if (detail.equals("several")) {
      return "must match exactly one of the alternatives, and matches several";
    }
    if (detail.startsWith("tag ")) {
      return "must have the field `"
          + detail.substring(4)
          + "`, which tells the alternatives apart";
    }
    if (detail.equals("value")) {
      return "must name one of the alternatives";
    }
    return word == Keyword.ONE_OF
        ? "must match exactly one of the alternatives, and matches none"
        : "must match one of the alternatives";
  }

  private static boolean strict(@Nullable Node owner, String key) {
    return owner instanceof Node.Obj schema
        && schema.get(key) instanceof Node.Bool(var place, boolean value)
        && value;
  }

  private static String types(@Nullable Node owner) {
    Node type = owner instanceof Node.Obj schema ? schema.get("type") : null;
    if (type instanceof Node.Text(var place, String name)) {
      return article(name) + (nullable(owner) ? " or null" : "");
    }
    if (type instanceof Node.Arr(var place, var items)) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < items.size(); i++) {
        text.append(i == 0 ? "" : i == items.size() - 1 ? " or " : ", ");
        text.append(
            items.get(i) instanceof Node.Text(var there, String name) ? article(name) : "?");
      }
      return text.toString();
    }
    return "of another type";
  }

  private static boolean nullable(@Nullable Node owner) {
    return strict(owner, "nullable");
  }

  private static String article(String type) {
    return switch (type) {
      case "null" -> "null";
      case "object", "array", "integer" -> "an " + type;
      default -> "a " + type;
    };
  }

  private static String listed(@Nullable Node owner) {
    if (!(owner instanceof Node.Obj schema)
        || !(schema.get("enum") instanceof Node.Arr(var place, var items))
        || items.size() > MOST_LISTED) {
      return "the values the contract lists";
    }
    return String.join(", ", items.stream().map(Sentences::shown).toList());
  }

  private static String value(@Nullable Node owner, String key, String otherwise) {
    Node value = owner instanceof Node.Obj schema ? schema.get(key) : null;
    return value == null ? otherwise : shown(value);
  }

  private static String shown(Node value) {
    return switch (value) {
      case Node.Text(var place, String text) -> "`" + text + "`";
      case Node.Num(var place, String literal) -> literal;
      case Node.Bool(var place, boolean truth) -> String.valueOf(truth);
      case Node.Null _ -> "null";
      case Node.Arr _ -> "a certain array";
      case Node.Obj _ -> "a certain object";
    };
  }
}
