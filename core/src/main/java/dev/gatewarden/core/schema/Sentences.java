package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says what is wrong in words of the schema, never of the document.
final class Sentences {
  /// Stands between the parts of a detail, where no name of a contract holds it.
  static final char SPLIT = '\0';

  private static final Set<String> CLOSING =
      Set.of(
          "additionalProperties",
          "unevaluatedProperties",
          "items",
          "additionalItems",
          "unevaluatedItems");

  private static final int MOST_LISTED = 12;
  private static final int LONGEST_WORD = 64;
  private static final int LONGEST_PATTERN = 240;

  private Sentences() {}

  /// Where the keyword stands in its document, or the empty text.
  static String location(@Nullable Node owner, Keyword word) {
    if (owner == null) {
      return "";
    }
    String schema = "#" + owner.place().pointer();
    return switch (word) {
      case NEVER -> schema;
      case UNKNOWN_FIELD, LOOKALIKE_FIELD -> schema;
      default -> schema + "/" + spelled(owner, word);
    };
  }

  /// What users know a violation by; a schema that is the word `false` is called after the keyword
  /// it stands under.
  static String word(@Nullable Node owner, Keyword word) {
    String place = owner == null || word != Keyword.NEVER ? "" : owner.place().pointer();
    String last = place.substring(place.lastIndexOf('/') + 1);
    return CLOSING.contains(last) ? last : word.word();
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

  /// What a contract calls a schema: its title, or the end of the reference that leads to it.
  static String name(Node schema) {
    if (!(schema instanceof Node.Obj object)) {
      return "";
    }
    if (object.get("title") instanceof Node.Text title) {
      return title.value();
    }
    if (object.get("$ref") instanceof Node.Text reference) {
      String text = reference.value();
      return text.substring(text.lastIndexOf('/') + 1);
    }
    return "";
  }

  static String of(@Nullable Node owner, Keyword word, String detail) {
    return switch (word) {
      case TYPE -> "must be " + types(owner);
      case ENUM -> "must be " + listed(owner);
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
      case MAX_LENGTH -> "must be at most " + count(owner, "maxLength", "character") + " long";
      case MIN_LENGTH ->
          count(owner, "minLength", "character").equals("1 character")
              ? "must not be empty"
              : "must be at least " + count(owner, "minLength", "character") + " long";
      case PATTERN -> "must match the pattern " + pattern(owner);
      case CONTENT_ENCODING ->
          "must be encoded as " + value(owner, "contentEncoding", "the contract says");
      case CONTENT_MEDIA_TYPE ->
          "must hold " + value(owner, "contentMediaType", "what the contract says");
      case FORMAT -> "must be " + format(owner);
      case MAX_ITEMS ->
          owner == null
              ? "must not hold so many items"
              : "must hold at most " + count(owner, "maxItems", "item");
      case MIN_ITEMS -> "must hold at least " + count(owner, "minItems", "item");
      case UNIQUE_ITEMS -> "must not hold the same item twice";
      case CONTAINS -> "must hold at least one item that is what `contains` describes";
      case MAX_CONTAINS ->
          "must hold at most " + count(owner, "maxContains", "item") + " that `contains` describes";
      case MIN_CONTAINS ->
          "must hold at least "
              + count(owner, "minContains", "item")
              + " that `contains` describes";
      case MAX_PROPERTIES -> "must have at most " + count(owner, "maxProperties", "field");
      case MIN_PROPERTIES -> "must have at least " + count(owner, "minProperties", "field");
      case REQUIRED -> "must have the field " + quoted(detail);
      case DEPENDENT_REQUIRED -> dependent(detail);
      case PROPERTY_NAMES -> "must not have a field of this name";
      case ALL_OF -> "must obey every part of `allOf`";
      case ANY_OF, ONE_OF, DISCRIMINATOR -> choice(owner, word, detail);
      case NOT -> refused(owner);
      case IF -> "must obey what follows from `if`";
      case DEPENDENT_SCHEMAS -> "must obey what a field brings along";
      case READ_ONLY -> "must not be sent: the service alone sets it";
      case WRITE_ONLY -> "must not be returned: it is only ever written";
      case NEVER -> never(owner, detail);
      case UNKNOWN_FIELD -> unknown(detail);
      case LOOKALIKE_FIELD ->
          "is written otherwise than the contract declares it, and some readers take it for that";
      case SYNTAX -> "is not well-formed JSON here";
      case ENCODING -> "is not valid UTF-8, or holds half a surrogate pair";
      case DUPLICATE_KEY -> "is a field that was there before: each may stand there once";
      case MAX_DEPTH -> "is nested too deeply";
      case MAX_KEYS -> "has too many fields";
      case MAX_STRING_BYTES -> "is too long a text";
      case MAX_NUMBER -> "is too long a number, or its exponent is too far from zero";
      case MAX_SPANS -> "is one value too many of its kind";
      case MAX_STEPS -> "takes too many steps to judge";
    };
  }

  private static String unknown(String meant) {
    return meant.isEmpty()
        ? "is a field the contract does not know"
        : "is a field the contract does not know; did you mean " + quoted(meant) + "?";
  }

  private static String never(@Nullable Node owner, String meant) {
    String place = owner == null ? "" : owner.place().pointer();
    if (place.endsWith("/additionalProperties") || place.endsWith("/unevaluatedProperties")) {
      return unknown(meant);
    }
    return place.endsWith("tems")
        ? "is one item more than the contract allows"
        : "must not be there: the contract lets nothing stand here";
  }

  private static String dependent(String detail) {
    int split = detail.indexOf(SPLIT);
    return split < 0
        ? "must have the field " + quoted(detail) + " together with another"
        : "must have the field "
            + quoted(detail.substring(0, split))
            + " whenever it has "
            + quoted(detail.substring(split + 1));
  }

  private static String choice(@Nullable Node owner, Keyword word, String detail) {
    if (detail.equals("several")) {
      return "must match exactly one of the alternatives, and matches more";
    }
    if (detail.startsWith("tag ")) {
      int split = detail.indexOf(SPLIT);
      return "must have the field "
          + quoted(detail.substring(4, split))
          + ", which tells the alternatives apart, as "
          + detail.substring(split + 1);
    }
    if (detail.startsWith("value ")) {
      return "must name one of the alternatives: " + detail.substring(6);
    }
    String closest = detail.startsWith("closest ") ? detail.substring(8) : "";
    String types = closest.isEmpty() && detail.isEmpty() ? alternativeTypes(owner, word) : "";
    if (!types.isEmpty()) {
      return "must be " + types;
    }
    String sentence =
        (word == Keyword.ONE_OF ? "must match exactly one" : "must match one")
            + " of the alternatives, and matches none";
    return closest.isEmpty() ? sentence : sentence + "; the closest is " + quoted(closest);
  }

  /// The types that alternatives state, where each states one.
  private static String alternativeTypes(@Nullable Node owner, Keyword word) {
    if (!(owner instanceof Node.Obj schema)
        || !(schema.get(word.word()) instanceof Node.Arr(var _, var alternatives))) {
      return "";
    }
    List<String> types = new ArrayList<>();
    for (Node each : alternatives) {
      if (!(each instanceof Node.Obj alternative)
          || !(alternative.get("type") instanceof Node.Text(var _, String type))) {
        return "";
      }
      if (!types.contains(article(type))) {
        types.add(article(type));
      }
    }
    return joined(types);
  }

  /// What `not` describes, where it can be said in one word.
  private static String refused(@Nullable Node owner) {
    Node.Obj not =
        owner instanceof Node.Obj schema && schema.get("not") instanceof Node.Obj object
            ? object
            : null;
    if (not == null || not.entries().size() != 1) {
      return "must not be what `not` describes";
    }
    if (not.get("required") instanceof Node.Arr(var _, var names) && !names.isEmpty()) {
      List<String> texts = new ArrayList<>();
      for (Node name : names) {
        texts.add(shown(name));
      }
      return names.size() == 1
          ? "must not have the field " + texts.getFirst()
          : "must not have the fields " + joined(texts).replace(" or ", " and ") + " together";
    }
    if (not.get("type") != null) {
      return "must not be " + types(not);
    }
    if (not.get("enum") != null) {
      return "must not be " + listed(not);
    }
    return not.get("const") == null
        ? "must not be what `not` describes"
        : "must not be " + value(not, "const", "");
  }

  private static boolean strict(@Nullable Node owner, String key) {
    return owner instanceof Node.Obj schema
        && schema.get(key) instanceof Node.Bool(var place, boolean value)
        && value;
  }

  private static String types(@Nullable Node owner) {
    Node type = owner instanceof Node.Obj schema ? schema.get("type") : null;
    if (type instanceof Node.Text(var place, String name)) {
      return article(name) + (strict(owner, "nullable") ? " or null" : "");
    }
    if (type instanceof Node.Arr(var place, var items)) {
      List<String> names = new ArrayList<>();
      for (Node item : items) {
        names.add(item instanceof Node.Text(var there, String name) ? article(name) : "?");
      }
      return joined(names);
    }
    return "of another type";
  }

  private static String article(String type) {
    return switch (type) {
      case "null" -> "null";
      case "object", "array", "integer" -> "an " + type;
      default -> "a " + type;
    };
  }

  /// What a format asks for, told to who never saw its name.
  private static String format(@Nullable Node owner) {
    String name =
        owner instanceof Node.Obj schema && schema.get("format") instanceof Node.Text text
            ? text.value()
            : "";
    return switch (name) {
      case "date" -> "a date such as `2026-01-31`";
      case "time" -> "a time with an offset such as `10:15:30Z`";
      case "date-time" -> "a date and time with an offset such as `2026-01-31T10:15:30Z`";
      case "duration" -> "a duration such as `P3DT12H`";
      case "email", "idn-email" -> "an e-mail address";
      case "hostname", "idn-hostname" -> "a host name";
      case "ipv4" -> "an IPv4 address such as `192.0.2.1`";
      case "ipv6" -> "an IPv6 address such as `2001:db8::1`";
      case "uri" -> "a URI with its scheme such as `https://example.com/a`";
      case "uri-reference" -> "a URI or a relative reference";
      case "iri" -> "an IRI with its scheme";
      case "iri-reference" -> "an IRI or a relative reference";
      case "uri-template" -> "a URI template such as `/orders/{id}`";
      case "uuid" -> "a UUID such as `123e4567-e89b-12d3-a456-426614174000`";
      case "json-pointer" -> "a JSON pointer such as `/a/0`";
      case "relative-json-pointer" -> "a relative JSON pointer such as `1/a`";
      case "byte" -> "Base64";
      case "regex" -> "a regular expression";
      case "" -> "of the format the contract asks for";
      default -> "of the format " + quoted(name);
    };
  }

  private static String listed(@Nullable Node owner) {
    if (!(owner instanceof Node.Obj schema)
        || !(schema.get("enum") instanceof Node.Arr(var place, var items))) {
      return "one of the values the contract lists";
    }
    List<String> texts = new ArrayList<>();
    for (Node item : items.subList(0, Math.min(items.size(), MOST_LISTED))) {
      texts.add(shown(item));
    }
    if (items.size() > MOST_LISTED) {
      return "one of the "
          + items.size()
          + " values the contract lists, such as "
          + texts.getFirst();
    }
    return texts.size() == 1 ? texts.getFirst() : "one of " + String.join(", ", texts);
  }

  /// Names as they stand in a sentence, at most a dozen.
  static String list(List<String> names) {
    List<String> texts = new ArrayList<>();
    for (String name : names.subList(0, Math.min(names.size(), MOST_LISTED))) {
      texts.add(quoted(name));
    }
    return names.size() > MOST_LISTED
        ? String.join(", ", texts) + " and " + (names.size() - MOST_LISTED) + " more"
        : joined(texts);
  }

  private static String joined(List<String> texts) {
    return texts.size() < 2
        ? String.join("", texts)
        : String.join(", ", texts.subList(0, texts.size() - 1)) + " or " + texts.getLast();
  }

  private static String count(@Nullable Node owner, String key, String thing) {
    String number = value(owner, key, "the given number of");
    return number + " " + thing + (number.equals("1") ? "" : "s");
  }

  private static String value(@Nullable Node owner, String key, String otherwise) {
    Node value = owner instanceof Node.Obj schema ? schema.get(key) : null;
    return value == null ? otherwise : shown(value);
  }

  private static String shown(Node value) {
    return switch (value) {
      case Node.Text(var place, String text) -> quoted(text);
      case Node.Num(var place, String literal) -> literal;
      case Node.Bool(var place, boolean truth) -> String.valueOf(truth);
      case Node.Null _ -> "null";
      case Node.Arr _ -> "a certain array";
      case Node.Obj _ -> "a certain object";
    };
  }

  /// A pattern is of use only as a whole, so it may be longer than a word.
  private static String pattern(@Nullable Node owner) {
    return owner instanceof Node.Obj schema && schema.get("pattern") instanceof Node.Text text
        ? shortened(text.value(), LONGEST_PATTERN)
        : "of the contract";
  }

  private static String quoted(String text) {
    return shortened(text, LONGEST_WORD);
  }

  private static String shortened(String text, int most) {
    return text.length() <= most ? "`" + text + "`" : "`" + text.substring(0, most - 1) + "…`";
  }
}
