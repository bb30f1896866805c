package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.canon.Ambiguity;
import dev.gatewarden.core.canon.FormReader;
import dev.gatewarden.core.canon.OneReading;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Query;
import dev.gatewarden.gateway.binder.shape.Fields;
import dev.gatewarden.gateway.binder.shape.JsonBytes;
import dev.gatewarden.gateway.binder.shape.Shape;
import java.util.ArrayList;
import java.util.List;

/// Reads forms (`application/x-www-form-urlencoded`) as the objects they stand for.
final class FormTranslation implements Translation {
  private static final int LONGEST_NAME = 64;

  private final Shape shape;
  private final Fields fields;
  private final boolean lenient;
  private final int most;

  /// @param lenient whether a field that nobody declared is for the schema to judge
  /// @param most how many fields a form may have
  FormTranslation(Shape shape, Fields fields, boolean lenient, int most) {
    this.shape = shape;
    this.fields = fields;
    this.lenient = lenient;
    this.most = most;
  }

  @Override
  public Translated read(Bytes body, Way way) {
    return switch (FormReader.read(body, most)) {
      case OneReading.Refused<Query>(Ambiguity why) ->
          Translated.refused(new Detail("body", "", sentence(why)));
      case OneReading.Clear<Query>(Query given) -> read(given, way);
    };
  }

  private static String sentence(Ambiguity why) {
    return switch (why) {
      case QUERY_SEPARATOR -> "holds a bare semicolon; write `%3B`";
      case EMPTY_NAME -> "holds a value without a name";
      case TOO_MANY_PARAMETERS -> "holds too many fields";
      case ILLEGAL_CHARACTER, FRAGMENT -> "holds a character that must be percent-encoded";
      case BROKEN_ESCAPE -> "holds a percent sign that two hexadecimal digits do not follow";
      case NOT_UTF8 -> "is not percent-encoded UTF-8";
      case CONTROL_CHARACTER -> "holds a control character in a name, or NUL";
      case DOUBLE_ENCODING -> "holds a name that is percent-encoded twice";
      default -> "has no single reading";
    };
  }

  private Translated read(Query given, Way way) {
    List<Detail> faults = new ArrayList<>();
    if (!lenient) {
      for (Query.Pair pair : given.pairs()) {
        if (!fields.claims(pair.name())) {
          String advice = fields.advice(pair.name());
          faults.add(
              new Detail(
                  where(pair.name(), ""),
                  "",
                  "is a field the contract does not know"
                      + (advice.isEmpty() ? "" : "; " + advice)));
        }
      }
    }
    Fields.Assembled assembled =
        fields.assemble(given, way == Way.DECODED_FIRST, name -> where(name, ""), faults);
    if (!faults.isEmpty()) {
      return new Translated(Bytes.NONE, faults, false);
    }
    JsonBytes json = new JsonBytes();
    json.write(assembled.piece(), shape, way == Way.TEXTS);
    return new Translated(json.copy(), List.of(), assembled.doubtful());
  }

  private static String where(String name, String rest) {
    String shown = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
    return "body#/" + shown.replace("~", "~0").replace("/", "~1") + rest;
  }

  @Override
  public String where(String pointer) {
    return "body#" + pointer;
  }
}
