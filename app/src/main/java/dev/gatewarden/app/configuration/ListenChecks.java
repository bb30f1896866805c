package dev.gatewarden.app.configuration;

import dev.gatewarden.core.address.Ip;
import org.jspecify.annotations.Nullable;

/// What must hold of where the gate listens.
final class ListenChecks {
  private ListenChecks() {}

  static void callers(Listen.Public callers, Remarks at) {
    at.port(callers.port());
    Listen.Tls tls = callers.tls();
    boolean none = tls != null && tls.certificate() == null && tls.key() == null;
    for (Listen.Tls each : callers.certificates()) {
      boolean plain = each.certificate() == null && each.key() == null;
      if (plain && callers.certificates().size() > 1) {
        at.add("tls", "`tls: none` stands alone", "leave it out, or everything beside it");
      } else if (!plain && (each.certificate() == null || each.key() == null)) {
        at.add("tls", "`tls` needs both `certificate` and `key`", "");
      }
    }
    if (callers.unknownHost() == Listen.Public.UnknownHost.REFUSE && (tls == null || none)) {
      at.add(
          "unknown-host",
          "`unknown-host` has no effect: no certificate names a host here",
          "leave it out, or give `tls` a `certificate`");
    }
    boolean outside = outside(callers.bind(), at);
    if (outside && tls == null) {
      at.add(
          "bind",
          "callers would reach `" + callers.bind() + "` without TLS",
          "give `tls` a `certificate` and a `key`, or say `tls: none` with `because` where"
              + " something in front encrypts");
    }
    if (outside && none && callers.because() == null) {
      at.add("tls", "`tls: none` needs `because`", "say what in front of the gate encrypts");
    }
    if (none && !outside) {
      at.add(
          "tls",
          "`tls: none` has no effect: without TLS the gate listens on loopback anyway",
          "leave it out");
    }
    if (callers.because() != null && !none) {
      at.add("because", "`because` has no effect without `tls: none`", "leave it out");
    }
  }

  static void admin(Listen.Admin admin, Remarks at) {
    at.port(admin.port());
    boolean outside = outside(admin.bind(), at);
    if (outside && admin.token() == null && admin.identity() == null) {
      at.add(
          "bind",
          "the admin port leaves loopback without an identity",
          "give `admin` a `token: env:NAME`, or leave `bind` out");
    } else if (outside && admin.because() == null) {
      at.add(
          "bind",
          "tokens of operators would cross the network without TLS",
          "leave `bind` out and let something that encrypts stand in front, or say `because`");
    }
    if (!outside && admin.because() != null) {
      at.add("because", "`because` has no effect on loopback", "leave it out");
    }
  }

  static void operators(Listen.Operators operators, Remarks at) {
    if (operators.scopes().isEmpty() && operators.roles().isEmpty()) {
      at.add(
          "issuer",
          "whoever has a token of the issuer would operate the gate",
          "name the `scopes` or `roles` of operators");
    }
  }

  static void decisions(DecisionPort decisions, Remarks at) {
    at.port(decisions.port());
    Listen.Tls tls = decisions.tls();
    if (tls != null && (tls.certificate() == null || tls.key() == null)) {
      at.add("tls", "`tls` needs both `certificate` and `key`", "leave it out on loopback");
    }
    if (outside(decisions.bind(), at) && !decisions.encrypted()) {
      at.add(
          "bind",
          "tokens of services and callers would cross the network without TLS",
          "give `tls` a `certificate` and a `key`, or leave `bind` out");
    }
    at.size("body", decisions.body(), 1 << 10, 16 << 20);
    at.whole("evaluations", decisions.evaluations(), 1, 10_000);
    if (decisions.deadline().toMillis() < 1 || decisions.deadline().toMillis() > 60_000) {
      at.add("deadline", "`deadline` is between `1ms` and `60s`", "write it as `2s`");
    }
  }

  static void listen(Listen listen, Remarks at) {
    if (listen.clientCert() && listen.trust().isEmpty()) {
      at.add(
          "client-cert",
          "`client-cert` has no effect: nobody's forwarding headers count",
          "name the forwarders' networks in `trust`");
    }
  }

  private static boolean outside(@Nullable String bind, Remarks at) {
    if (bind == null) {
      return false;
    }
    Ip address = Ip.parse(bind);
    if (address == null) {
      at.add("bind", "`bind` is `" + bind + "`, which is no address", "write it as `127.0.0.1`");
      return false;
    }
    return !address.isLoopback();
  }
}
