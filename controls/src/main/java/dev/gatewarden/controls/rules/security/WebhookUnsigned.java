package dev.gatewarden.controls.rules.security;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Subject;
import dev.gatewarden.core.finding.Tree;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds webhooks and callbacks that name no security scheme and no header of a signature.
@Rule(
    id = "webhook-unsigned",
    title = "nothing proves who sent a webhook",
    severity = Severity.MEDIUM,
    threat = Threat.API10_UNSAFE_CONSUMPTION,
    cwe = 345,
    why =
        "Whoever learns the receiver's address sends events of their own: paid orders, granted"
            + " access",
    remedy =
        "sign what is sent (Standard Webhooks: `webhook-signature`), and describe the header or a"
            + " security scheme")
public final class WebhookUnsigned implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    Node.Obj webhooks = Tree.object(contract.source(), "webhooks");
    if (webhooks != null) {
      for (Node.Member member : webhooks.entries()) {
        look(contract, member.name(), contract.object(member.value()), report);
      }
    }
    for (Operation operation : contract.operations()) {
      Node.Obj callbacks = Tree.object(operation.source(), "callbacks");
      if (callbacks != null) {
        for (Node.Member callback : callbacks.entries()) {
          Node.Obj urls = contract.object(callback.value());
          if (urls != null) {
            for (Node.Member url : urls.entries()) {
              look(contract, callback.name(), contract.object(url.value()), report);
            }
          }
        }
      }
    }
  }

  private static void look(Audited contract, String name, Node.@Nullable Obj item, Report report) {
    if (item == null) {
      return;
    }
    for (Node.Member member : item.entries()) {
      Node.Obj sent = Tree.object(member.value());
      if (sent == null || !METHODS.contains(member.name())) {
        continue;
      }
      boolean secured =
          sent.get("security") instanceof Node.Arr(var _, List<Node> needs) && !needs.isEmpty();
      if (!secured && !signed(contract, sent) && !signed(contract, item)) {
        report
            .cause("", "nothing proves who sent it")
            .at(Subject.webhook(name), member.namePlace(), List.of());
      }
    }
  }

  private static boolean signed(Audited contract, Node.Obj holder) {
    for (Node each : Tree.items(holder.get("parameters"))) {
      String name = Tree.text(contract.object(each), "name");
      if (name != null && PROOF.matcher(name).find()) {
        return true;
      }
    }
    return false;
  }

  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
  private static final Pattern PROOF =
      Pattern.compile("(?i)signature|hmac|authorization|digest|token|secret|\\bsig\\b");
}
