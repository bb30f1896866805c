package dev.gatewarden.app.command.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a key of the configuration has to do with who reaches what.
public enum Bearing {
  /// The model computes what a change of it does.
  MODELLED,
  /// A change of it is told: what it does to access nobody can compute.
  TOLD,
  /// The same, and what stands in the file it names counts as well.
  TOLD_WITH_FILE,
  /// It says nothing of who reaches what.
  SILENT;

  /// Every key there is; `*` stands for a name of the user's own, `[]` for an item.
  ///
  /// The tuning of a guard is one key, whatever it holds.
  private static final String TABLE =
      """
      SILENT gatewarden
      SILENT listen.public: port bind because tls tls[] tls[].certificate tls[].key unknown-host
      SILENT listen.admin: port
      TOLD listen.admin: bind because token identity.issuer identity.scopes[] identity.roles[]
      TOLD listen: trust[] client-cert
      SILENT listen.decisions: port deadline url tls tls.certificate tls.key evaluations body
      TOLD listen.decisions: bind
      TOLD listen.decisions.askers.*: by named apis apis[]
      TOLD listen.decisions.askers.*.states: issuer source objects roles roles[] scopes scopes[] tenants tenants[]
      TOLD issuers.*: url issuer audience audience[] clients[] algorithms[] secret tenant tenants tenants[]
      TOLD issuers.*: roles scopes types[] lifetime clock-skew require-iat bound decrypt decrypt[] profile once status
      TOLD issuers.*.crossing: roles roles[] tenants tenants[]
      TOLD_WITH_FILE issuers.*: keys
      TOLD issuers.*.introspection: url client.id cache when-gone of answers
      SILENT issuers.*.introspection: client.secret client.key client.kid client.send deadline
      TOLD senders.*: preset secrets[] window
      TOLD api-keys.*: environment lifetime rotate overlap pepper
      TOLD_WITH_FILE certificates.*: trust trust[]
      TOLD certificates.*: crls crls[] crl-grace subject trust-domain
      TOLD certificates.*.known.*: client tenant roles[] scopes[]
      TOLD ledgers.*: lifetime idle overlap pepper
      TOLD sessions.*: issuer client.id scopes scopes[] parameters.* idle absolute same-site
      SILENT sessions.*: client.secret client.key client.kid at cookie after-logout id-token-hint
      MODELLED apis.*: contract overlay refs[]
      TOLD apis.*: at.host at.path security.* tenancy decide-by decide-by[]
      SILENT apis.*: versions.of versions.breaking versions.notice versions.live
      TOLD apis.*.upstream: to[] strip[] tls read-as read-as.token
      SILENT apis.*.upstream: deadline whole protocol because breaker retry ejection
      SILENT apis.*.upstream.at-once: calls each-place queue patience
      SILENT apis.*.upstream.breaker: failed slow slow-after window calls rest trials
      SILENT apis.*.upstream.retry: times when when[] pause longest budget spare keyed
      SILENT apis.*.upstream.ejection: after rest most slow-start
      SILENT apis.*.upstream.health: path every within up down
      SILENT apis.*.operations.*.upstream: deadline whole
      TOLD apis.*.upstream.identity: exchange audience resource scopes[] client.id url actors acting others
      SILENT apis.*.upstream.identity: client.secret client.key client.kid client.send deadline
      TOLD apis.*.upstream: identity
      TOLD apis.*.upstream.read-as.client-credentials: issuer client.id url scopes[] audience resource
      SILENT apis.*.upstream.read-as.client-credentials: client.secret client.key client.kid client.send deadline
      TOLD apis.*.guards: api-key bound-token browser-session client-certificate cors credential-in-url csrf
      TOLD apis.*.guards: data-masking early-data event-once excess-data issued-here object-owner object-release
      TOLD apis.*.guards: owner-filter permission policy policy-release private-cache query-fields readable-fields
      TOLD apis.*.guards: request-schema response-schema signed-token step-up tenant-match tenant-writes
      TOLD apis.*.guards: plain-errors webhook-signature writable-fields
      SILENT apis.*.guards: accept batch-size content-coding distinct-objects idempotency-key page-size principal-limit security-headers
      SILENT apis.*.guards: flow login-limit share-limit source-limit upload
      MODELLED policies: files files[]
      MODELLED policies[]
      SILENT policies: compare compare[] reload
      TOLD_WITH_FILE policies: schema entities
      TOLD policies: links[].template links[].id links[].principal links[].resource groups when-gone
      TOLD policies: claims.* claims.*.at claims.*.is
      TOLD decision-points.*: kind url token batch deadline cache store model policy relations.* users when-gone
      TOLD opaque-ids: keys[]
      TOLD zones: usual tenants.*
      SILENT limits: body in-flight connections headers header-lines target parameters drain depth keys items
      SILENT limits: string digits connections-of-network streams requests lag head-time body-time
      SILENT limits: idle-time silence slowest
      SILENT apis.*.operations.*: priority
      TOLD state
      TOLD state: redis tls.trust when-gone prefix
      SILENT state: user password tls.certificate tls.key nodes pepper
      TOLD store
      SILENT relations: most
      SILENT events
      SILENT decisions
      TOLD exceptions[]: guard operation mode issuer decision-point allows until
      SILENT exceptions[]: because owner
      """;

  private static final String GUARDS = "apis.*.guards.";
  private static final Map<String, Bearing> KEYS = keys();
  private static final List<Row> ROWS = rows();

  /// @param exact where a name is one segment
  /// @param dotted where a name may have dots, and what stands behind it may be part of it
  private record Row(Pattern exact, Pattern dotted, Bearing bearing) {}

  /// Every key that was considered, with what it has to do with access.
  public static Map<String, Bearing> considered() {
    return KEYS;
  }

  /// What a value has to do with access; one that nobody considered is told.
  ///
  /// @param path as settings have it, `issuers.corp.audience[0]`
  static Bearing of(String path) {
    String key = path.replaceAll("\\[\\d+]", "[]");
    for (Row row : ROWS) {
      if (row.exact().matcher(key).matches()) {
        return row.bearing();
      }
    }
    List<Bearing> possible =
        ROWS.stream().filter(row -> row.dotted().matcher(key).matches()).map(Row::bearing).toList();
    for (Bearing each : List.of(TOLD_WITH_FILE, TOLD)) {
      if (possible.contains(each)) {
        return each;
      }
    }
    return possible.isEmpty() ? TOLD : possible.getFirst();
  }

  private static Map<String, Bearing> keys() {
    Map<String, Bearing> keys = new LinkedHashMap<>();
    for (String line : TABLE.lines().toList()) {
      String[] words = line.split(" ");
      Bearing bearing = valueOf(words[0]);
      String section = words[1].endsWith(":") ? words[1].replace(":", ".") : null;
      if (section == null) {
        keys.put(words[1], bearing);
      }
      for (int i = 2; i < words.length; i++) {
        keys.put(section + words[i], bearing);
      }
    }
    return keys;
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    KEYS.forEach(
        (key, bearing) -> {
          rows.add(new Row(pattern(key, "[^.]+"), pattern(key, ".+?"), bearing));
        });
    return rows;
  }

  /// @param name what a name of the user's own looks like
  private static Pattern pattern(String key, String name) {
    String guard = guard(key);
    return Pattern.compile(
        guard == null
            ? Pattern.quote(key).replace("*", "\\E" + name + "\\Q")
            : "apis\\."
                + name
                + "(\\.operations\\..+?)?\\.guards\\."
                + Pattern.quote(guard)
                + "(\\..*)?");
  }

  private static @Nullable String guard(String key) {
    return key.startsWith(GUARDS) ? key.substring(GUARDS.length()) : null;
  }
}
