package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.exchange.ExchangeId;
import dev.gatewarden.core.exchange.Headers;
import dev.gatewarden.gateway.pipeline.HeaderLines;
import dev.gatewarden.gateway.pipeline.Notes;
import java.util.List;
import java.util.function.BiConsumer;

/// The header lines of a response on its way to the caller: the upstream's own, edited, then the
/// gate's.
final class ReturningHeaders implements HeaderLines {
  private final ExchangeId id;
  private final Headers headers;
  private final List<String> named;
  private final Iterable<Edit> edits;
  private final boolean decoded;
  private final Notes notes;
  private final OwnCookies cookies;

  /// @param decoded whether the body leaves without its content coding
  ReturningHeaders(
      ExchangeId id,
      Headers headers,
      Iterable<Edit> edits,
      boolean decoded,
      Notes notes,
      OwnCookies cookies) {
    this.id = id;
    this.headers = headers;
    this.named = HeaderRules.named(headers);
    this.edits = edits;
    this.decoded = decoded;
    this.notes = notes;
    this.cookies = cookies;
  }

  @Override
  public void each(BiConsumer<String, String> line) {
    headers.each(
        (name, value) -> {
          if (travels(name)
              && (cookies.none() || !name.equalsIgnoreCase("set-cookie") || !cookies.set(value))) {
            line.accept(name, value);
          }
        });
    for (Edit edit : edits) {
      if (edit instanceof Edit.SetResponseHeader(String name, String value)) {
        line.accept(name, value);
      } else if (edit instanceof Edit.AddResponseValue(String name, String value)
          && !lists(name, value)) {
        line.accept(name, value);
      } else if (edit instanceof Edit.ReplaceBody(String _, String contentType)) {
        line.accept("content-type", contentType);
      }
    }
    line.accept("x-request-id", id.text());
    RateLimitHeaders.write(notes, line);
  }

  private boolean lists(String name, String member) {
    for (String line : headers.all(name)) {
      for (String each : line.split(",", -1)) {
        if (each.strip().equalsIgnoreCase(member)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean travels(String name) {
    if (HeaderRules.hopByHop(name)
        || HeaderRules.isNamed(named, name)
        || HeaderRules.ofTheGate(name)
        || (notes.tightest().limit() > 0 && RateLimitHeaders.ours(name))
        || (decoded && HeaderRules.ofBytes(name))) {
      return false;
    }
    for (Edit edit : edits) {
      boolean replaced =
          switch (edit) {
            case Edit.SetResponseHeader set -> set.name().equalsIgnoreCase(name);
            case Edit.ChargeAnswer charge -> charge.toldBy().equalsIgnoreCase(name);
            case Edit.RemoveResponseHeader remove -> remove.name().equalsIgnoreCase(name);
            case Edit.CutBody _, Edit.MaskBody _ -> HeaderRules.ofBytes(name);
            case Edit.ReplaceBody _ -> HeaderRules.ofBytes(name) || HeaderRules.ofBody(name);
            case Edit.SetRequestHeader _,
                Edit.RemoveRequestHeader _,
                Edit.CutRequest _,
                Edit.WriteRequest _,
                Edit.SetQuery _,
                Edit.AddResponseValue _,
                Edit.KeepAnswer _,
                Edit.WatchLogin _,
                Edit.KeepStep _ ->
                false;
          };
      if (replaced) {
        return false;
      }
    }
    return true;
  }
}
