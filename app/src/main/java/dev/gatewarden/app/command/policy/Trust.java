package dev.gatewarden.app.command.policy;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.app.configuration.Configuration;
import dev.gatewarden.app.configuration.Places;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.core.policy.model.Finding;
import dev.gatewarden.core.policy.model.Finding.Kind;
import dev.gatewarden.gateway.decisionpoint.cedar.PolicyList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Whom two configurations trust to prove callers and to decide over them. What that does to access
/// no model of ours can tell, so each difference is told as one.
public final class Trust {
  private final Reading old;
  private final Reading now;
  private final List<Finding> findings = new ArrayList<>();

  private Trust(Reading old, Reading now) {
    this.old = old;
    this.now = now;
  }

  /// Each difference, in the order of the newer configuration.
  public static List<Finding> between(Reading old, Reading now) {
    Trust trust = new Trust(old, now);
    now.configuration().apis().forEach(trust::api);
    trust.policies();
    return trust.findings;
  }

  private void api(String name, Api api) {
    Api before = old.configuration().apis().get(name);
    if (before == null) {
      return;
    }
    for (String scheme : new TreeSet<>(api.security().keySet())) {
      String was = before.security().get(scheme);
      String is = api.security().get(scheme);
      if (was == null || is == null) {
        continue;
      }
      if (!was.equals(is)) {
        add(
            name,
            "`" + scheme + "` is proved by `" + is + "`, and was by `" + was + "`",
            "apis",
            name,
            "security",
            scheme);
      } else {
        prover(name, scheme, is);
      }
    }
    if (api.tenancy() != before.tenancy()) {
      add(name, "its tenants are told apart in another way", "apis", name, "tenancy");
    }
    List<String> points = Models.points(now, api);
    if (!points.equals(Models.points(old, before))) {
      add(name, "others decide over its callers", "apis", name, "decide-by");
    }
    for (String point : points) {
      changed(
          name,
          "the decision point `" + point + "` is another",
          old.configuration().decisionPoints().get(point),
          now.configuration().decisionPoints().get(point),
          "decision-points",
          point);
    }
  }

  /// A policy is another where its text is; what it is called says nothing.
  private void policies() {
    List<PolicyList.Stated> before = Models.policies(old);
    List<PolicyList.Stated> after = Models.policies(now);
    for (PolicyList.Stated each : after) {
      if (before.stream().noneMatch(other -> other.text().equals(each.text()))) {
        findings.add(
            new Finding(
                Kind.TRUST,
                "policies",
                "`" + each.id() + "` is new or another",
                each.place(),
                null));
      }
    }
    for (PolicyList.Stated each : before) {
      if (after.stream().noneMatch(other -> other.text().equals(each.text()))) {
        findings.add(
            new Finding(
                Kind.TRUST,
                "policies",
                "`" + each.id() + "` is gone or another",
                each.place(),
                each.place()));
      }
    }
  }

  private void prover(String api, String scheme, String name) {
    Configuration before = old.configuration();
    Configuration after = now.configuration();
    String sentence = "`" + name + "`, which proves `" + scheme + "`, is set otherwise";
    section(api, sentence, before.issuers(), after.issuers(), "issuers", name);
    section(api, sentence, before.senders(), after.senders(), "senders", name);
    section(api, sentence, before.apiKeys(), after.apiKeys(), "api-keys", name);
    section(api, sentence, before.certificates(), after.certificates(), "certificates", name);
    section(api, sentence, before.ledgers(), after.ledgers(), "ledgers", name);
    section(api, sentence, before.sessions(), after.sessions(), "sessions", name);
  }

  private void section(
      String api,
      String sentence,
      Map<String, ?> before,
      Map<String, ?> after,
      String section,
      String name) {
    changed(api, sentence, before.get(name), after.get(name), section, name);
  }

  private void changed(
      String api,
      String sentence,
      @Nullable Object before,
      @Nullable Object after,
      String... path) {
    if (after != null && !after.equals(before)) {
      add(api, sentence, path);
    }
  }

  private void add(String api, String sentence, String... path) {
    findings.add(
        new Finding(
            Kind.TRUST,
            api,
            sentence,
            Places.nearest(now.source(), path).place(),
            Places.nearest(old.source(), path).place()));
  }
}
