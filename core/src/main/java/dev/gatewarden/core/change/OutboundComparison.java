package dev.gatewarden.core.change;

import dev.gatewarden.core.change.MessageComparison.Subject;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.OutboundCall;
import java.util.LinkedHashMap;
import java.util.Map;

/// Compares the calls an API makes itself: what it sends there travels like a response, what comes
/// back like a request.
final class OutboundComparison {
  private final MessageComparison messages;
  private final Ledger ledger;

  OutboundComparison(MessageComparison messages, Ledger ledger) {
    this.messages = messages;
    this.ledger = ledger;
  }

  void compare(Contract old, Contract now) {
    Map<String, OutboundCall> before = byName(old);
    Map<String, OutboundCall> after = byName(now);
    before.forEach(
        (name, call) -> {
          OutboundCall other = after.get(name);
          if (other == null) {
            String sentence = "the API no longer calls `" + Literals.shown(name) + "`";
            ledger.note(Kind.OUTBOUND_REMOVED, name, call.place(), now.source().place(), sentence);
          } else {
            Subject subject = new Subject(name, name, false, call.place(), other.place());
            messages.body(call.body(), other.body(), subject, Flow.RESPONSE);
            messages.responses(call.responses(), other.responses(), subject, Flow.REQUEST);
          }
        });
    after.forEach(
        (name, call) -> {
          if (!before.containsKey(name)) {
            String sentence = "the API calls `" + Literals.shown(name) + "`";
            ledger.note(Kind.OUTBOUND_ADDED, name, old.source().place(), call.place(), sentence);
          }
        });
  }

  private static Map<String, OutboundCall> byName(Contract contract) {
    Map<String, OutboundCall> byName = new LinkedHashMap<>();
    for (OutboundCall call : contract.outbound()) {
      String because = call.because() == null ? "" : " because of " + call.because().name();
      byName.putIfAbsent(call.method() + " " + call.name() + because, call);
    }
    return byName;
  }
}
