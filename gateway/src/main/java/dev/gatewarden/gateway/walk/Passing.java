package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.decision.Decision.Outcome;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.Judged;
import dev.gatewarden.core.decision.Mode;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Response;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.schema.GapCopy;
import dev.gatewarden.gateway.binder.ItemStream;
import dev.gatewarden.gateway.binder.ResponseBinder;
import dev.gatewarden.gateway.binder.stream.Item;
import dev.gatewarden.gateway.binder.stream.ItemReader;
import dev.gatewarden.gateway.binder.stream.ItemScanner;
import dev.gatewarden.gateway.pipeline.Notes;
import dev.gatewarden.gateway.pipeline.Pipeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// One streamed answer whose items are judged one by one while they pass.
///
/// An item that is refused, that cannot be read, or of which nothing is left, is not released; the
/// stream goes on. Why is told with the whole answer.
final class Passing {
  private static final Judged UNREADABLE =
      new Judged(
          Breakage.ITEM_UNREADABLE.control(), Mode.ENFORCE, Verdict.deny(Breakage.ITEM_UNREADABLE));

  private final ItemStream stream;
  private final ItemScanner scanner;
  private final ResponseHead head;
  private final Exchange exchange;
  private final List<Call> calls;
  private final ResponseBinder binder;
  private final Pipeline pipeline;
  private final Notes whole;
  private final String contentType;

  /// @param whole where what is said of items is remembered
  Passing(
      ItemStream stream,
      ResponseHead head,
      Exchange exchange,
      List<Call> calls,
      Service service,
      Notes whole) {
    this.stream = stream;
    this.scanner = new ItemScanner(stream.framing());
    this.head = head;
    this.exchange = exchange;
    this.calls = calls;
    this.binder = service.binders().response(exchange.operation());
    this.pipeline = service.pipeline();
    this.whole = whole;
    String type = head.headers().first("content-type");
    this.contentType = type == null ? "" : type;
  }

  /// Where items end.
  ItemScanner scanner() {
    return scanner;
  }

  /// What leaves of one item.
  ///
  /// @throws dev.gatewarden.core.decision.WouldWait on an event loop; nothing has happened then
  Bytes pass(Bytes raw, Instant deadline) {
    return switch (ItemReader.read(stream.framing(), raw)) {
      case Item.Silence(Bytes leaves) -> leaves;
      case Item.Document document -> judged(document, deadline);
    };
  }

  private Bytes judged(Item.Document document, Instant deadline) {
    Bytes json = document.json();
    Reading reading = stream.read(json, contentType, exchange.principal());
    if (reading == null || !reading.complete()) {
      whole.passed(UNREADABLE);
      return Bytes.NONE;
    }
    Exchange answered = exchange.answered(new Response(head.status(), head.headers(), reading));
    List<Call.Seen> seen = binder.seen(head.status(), reading);
    List<Call> seeing = new ArrayList<>(calls.size());
    for (int i = 0; i < calls.size(); i++) {
      seeing.add(calls.get(i).seeing(answered, seen));
    }
    Notes notes = new Notes();
    Outcome outcome = pipeline.judge(Stage.RETURN, seeing, notes, deadline);
    whole.passed(notes);
    return outcome instanceof Outcome.Allowed
        ? left(document, reading.bytes(), ShownIds.with(notes.edits(), reading))
        : Bytes.NONE;
  }

  private static Bytes left(Item.Document document, Bytes json, List<Edit> edits) {
    long[] gaps = new long[edits.size()];
    int cuts = 0;
    List<GapCopy.Mask> masks = new ArrayList<>(0);
    for (int i = 0; i < edits.size(); i++) {
      switch (edits.get(i)) {
        case Edit.ReplaceBody _ -> {
          return Bytes.NONE;
        }
        case Edit.CutBody(int from, int to) -> {
          if (isWhole(json, from, to)) {
            return Bytes.NONE;
          }
          gaps[cuts++] = GapCopy.gap(from, to);
        }
        case Edit.MaskBody(int from, int to, String with) ->
            masks.add(
                new GapCopy.Mask(from, to, with.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        case Edit.SetRequestHeader _,
            Edit.RemoveRequestHeader _,
            Edit.CutRequest _,
            Edit.WriteRequest _,
            Edit.SetQuery _,
            Edit.SetResponseHeader _,
            Edit.RemoveResponseHeader _,
            Edit.AddResponseValue _,
            Edit.KeepAnswer _,
            Edit.WatchLogin _,
            Edit.ChargeAnswer _,
            Edit.KeepStep _ -> {}
      }
    }
    boolean same = cuts == 0 && masks.isEmpty();
    return document.with(
        same
            ? json
            : Bytes.of(
                GapCopy.edited(
                    json.array(),
                    json.from(),
                    json.to(),
                    java.util.Arrays.copyOf(gaps, cuts),
                    masks)));
  }

  private static boolean isWhole(Bytes json, int from, int to) {
    return isBlank(json, json.from(), from) && isBlank(json, to, json.to());
  }

  private static boolean isBlank(Bytes json, int from, int to) {
    for (int i = from; i < to; i++) {
      if (json.array()[i] > ' ' || json.array()[i] < 0) {
        return false;
      }
    }
    return true;
  }
}
