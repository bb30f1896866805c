package dev.gatewarden.gateway.binder.parameter;

import dev.gatewarden.core.exchange.Breach;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.gateway.binder.shape.Cut;
import dev.gatewarden.gateway.binder.shape.Piece;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The judgements that parameters of every place share; each tells what is wrong where somebody
/// asks.
final class Faults {
  /// Names of a request are told only so far.
  private static final int LONGEST_NAME = 64;

  private Faults() {}

  static Breach missing(ParameterCheck check, @Nullable List<Detail> details) {
    if (!check.parameter().required()) {
      return Breach.NONE;
    }
    add(details, check.where(), "is required and missing");
    return Breach.MISSING_PARAMETER;
  }

  static Breach repeated(String where, @Nullable List<Detail> details) {
    add(details, where, "is given more than once");
    return Breach.REPEATED_PARAMETER;
  }

  static Breach undeclared(
      String place, String name, String advice, @Nullable List<Detail> details) {
    if (details != null) {
      String shown = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
      add(
          details,
          place + "/" + shown,
          "is a parameter that the contract does not know"
              + (advice.isEmpty() ? "" : "; " + advice));
    }
    return Breach.UNDECLARED_PARAMETER;
  }

  /// Judges one text that is the whole value.
  static Breach one(ParameterCheck check, String value, @Nullable List<Detail> details) {
    if (check.takes(value)) {
      return Breach.NONE;
    }
    if (details != null) {
      check.explain(value, details);
    }
    return Breach.SCHEMA;
  }

  /// Judges a value that was put together.
  static Breach one(ParameterCheck check, Piece value, @Nullable List<Detail> details) {
    if (check.takes(value)) {
      return Breach.NONE;
    }
    if (details != null) {
      check.explain(value, details);
    }
    return Breach.SCHEMA;
  }

  /// Judges a text that has to be cut first.
  ///
  /// @param raw as the message spells it
  static Breach cut(ParameterCheck check, Cut cut, String raw, @Nullable List<Detail> details) {
    Breach breach = cut(check, cut, raw, false, details);
    if (breach == Breach.NONE && cut.doubtful(raw)) {
      breach = cut(check, cut, raw, true, details);
    }
    return breach;
  }

  private static Breach cut(
      ParameterCheck check,
      Cut cut,
      String raw,
      boolean decodedFirst,
      @Nullable List<Detail> details) {
    boolean list = check.shape().mayBeArray();
    if (check.shape().mayBeScalar()) {
      String text = cut.scalar(raw);
      if (text != null && check.takes(text)) {
        return Breach.NONE;
      }
    }
    Piece piece = list ? cut.items(raw, decodedFirst) : cut.members(raw, decodedFirst);
    if (piece == null) {
      add(details, check.where(), "is not written as the contract says: " + cut.advice(list));
      return Breach.SCHEMA;
    }
    Breach breach = one(check, piece, details);
    if (breach != Breach.NONE && cut.doubtful(raw)) {
      add(
          details,
          check.where(),
          "holds a percent-encoded comma, which is data: part the values by bare commas");
    }
    return breach;
  }

  static void add(@Nullable List<Detail> details, String where, String message) {
    if (details != null) {
      details.add(new Detail(where, "", message));
    }
  }
}
