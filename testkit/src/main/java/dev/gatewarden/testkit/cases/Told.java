package dev.gatewarden.testkit.cases;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.limit.DurationText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// A verdict in the words of a case: `pass claiming once bank/e1`, `deny STALE`, `proved subject
/// alice`.
final class Told {
  private Told() {}

  static String of(Verdict verdict) {
    String word =
        switch (verdict) {
          case Verdict.Pass pass ->
              "pass" + (pass.reason() == null ? "" : " " + pass.reason().name());
          case Verdict.Absent _ -> "absent";
          case Verdict.Proved proved -> "proved" + facets(proved);
          case Verdict.Broken broken -> "broken " + broken.reason().name();
          case Verdict.Answer answer -> "answer " + answer.reply().status();
          case Verdict.Challenge challenge -> "challenge " + challenge.reason().name();
          case Verdict.Redact redact -> "redact " + redact.reason().name();
          case Verdict.Deny deny -> "deny " + deny.reason().name();
          case Verdict.Noticed noticed -> "would deny " + noticed.wouldBe().reason().name();
        };
    StringBuilder text = new StringBuilder(word);
    for (Claim claim : verdict.claims()) {
      text.append(" claiming ")
          .append(claim.kind().name().toLowerCase(Locale.ROOT))
          .append(' ')
          .append(shortKey(claim));
    }
    return text.toString();
  }

  /// The claim's key without the guard's own name at its beginning.
  static String shortKey(Claim claim) {
    return claim.key().substring(claim.key().indexOf('/') + 1);
  }

  static String challenge(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Absent(String challenge) -> challenge;
      case Verdict.Broken broken -> broken.challenge();
      case Verdict.Challenge challenge -> challenge.scheme();
      case Verdict.Pass _,
          Verdict.Proved _,
          Verdict.Answer _,
          Verdict.Redact _,
          Verdict.Noticed _,
          Verdict.Deny _ ->
          "";
    };
  }

  static List<String> details(Verdict verdict) {
    return verdict instanceof Verdict.Deny deny
        ? deny.details().stream().map(each -> each.instanceLocation()).toList()
        : List.of();
  }

  /// Each edit in words; a cut is told by what is cut.
  static List<String> edits(Verdict verdict, Bytes body) {
    List<Edit> edits =
        switch (verdict) {
          case Verdict.Pass pass -> pass.edits();
          case Verdict.Redact redact -> redact.edits();
          case Verdict.Absent _, Verdict.Proved _, Verdict.Broken _, Verdict.Answer _ -> List.of();
          case Verdict.Challenge _, Verdict.Noticed _, Verdict.Deny _ -> List.of();
        };
    List<String> told = new ArrayList<>();
    for (Edit edit : edits) {
      told.add(edit(edit, body));
    }
    return told;
  }

  private static String edit(Edit edit, Bytes body) {
    return switch (edit) {
      case Edit.SetRequestHeader(String name, String value) -> "set request " + name + ": " + value;
      case Edit.RemoveRequestHeader(String name) -> "remove request " + name;
      case Edit.SetQuery(String name, List<String> values) ->
          "set query " + name + "=" + String.join("&" + name + "=", values);
      case Edit.SetResponseHeader(String name, String value) -> "set " + name + ": " + value;
      case Edit.RemoveResponseHeader(String name) -> "remove " + name;
      case Edit.AddResponseValue(String name, String value) -> "add " + name + ": " + value;
      case Edit.WriteRequest(int at, String text) ->
          "write " + text + " before " + part(body, at, body.length());
      case Edit.CutRequest(int from, int to) -> "strip " + part(body, from, to);
      case Edit.CutBody(int from, int to) -> "cut " + part(body, from, to);
      case Edit.MaskBody(int from, int to, String json) ->
          "mask " + part(body, from, to) + " as " + json;
      case Edit.ReplaceBody(String other, String type) -> "replace by " + type + " " + other;
      case Edit.WatchLogin _ -> "watch the login";
      case Edit.ChargeAnswer charge ->
          "charge the answer"
              + (charge.per() == 0 ? "" : " each " + charge.per() + " bytes")
              + (charge.toldBy().isEmpty() ? "" : " as " + charge.toldBy() + " tells");
      case Edit.KeepAnswer keep -> "keep the answer for " + keep.lasting().toHours() + "h";
      case Edit.KeepStep keep ->
          "keep the step " + keep.step() + " for " + DurationText.write(keep.lasting());
    };
  }

  private static String part(Bytes body, int from, int to) {
    return new Bytes(body.array(), body.from() + from, body.from() + to).utf8();
  }

  private static String facets(Verdict.Proved proved) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(proved.proof().facets())
        .forEach(
            (facet, value) ->
                text.append(' ')
                    .append(facet.name().toLowerCase(Locale.ROOT))
                    .append(' ')
                    .append(value));
    return text.toString();
  }
}
