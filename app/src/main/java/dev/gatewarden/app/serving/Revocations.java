package dev.gatewarden.app.serving;

import dev.gatewarden.app.admin.Action;
import dev.gatewarden.app.configuration.Issuer;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.text.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Shutting out tokens, subjects and clients, and letting them in again, as operators do.
///
/// A block ends by itself when everything it shuts out would have expired anyway: an issuer's
/// tokens live no longer than its `lifetime`.
final class Revocations implements Action {
  private static final Duration ELSEWHERE = Duration.ofDays(400);
  private static final Set<String> KNOWN =
      Set.of("do", "kind", "issuer", "id", "issued-before", "until");
  private static final Set<String> OTHERS =
      Set.of("listen", "apis", "limits", "state", "store", "exceptions");
  private static final int LONGEST = 512;

  private final Reading reading;
  private final Blocks blocks;
  private final InstantSource clock;

  Revocations(Reading reading, Blocks blocks, InstantSource clock) {
    this.reading = reading;
    this.blocks = blocks;
    this.clock = clock;
  }

  @Override
  public String path() {
    return "/revocations";
  }

  @Override
  public String told() {
    List<Map<String, Object>> all = new ArrayList<>();
    blocks.all().stream()
        .filter(block -> block.kind() != Blocks.Kind.SOURCE)
        .sorted(Comparator.comparing(Blocks.Block::kind).thenComparing(Blocks.Block::key))
        .forEach(block -> all.add(shown(block)));
    return Json.text(all);
  }

  private static Map<String, Object> shown(Blocks.Block block) {
    int bar = block.key().indexOf('|');
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("kind", block.kind().name().toLowerCase(Locale.ROOT));
    shown.put("issuer", block.key().substring(0, Math.max(0, bar)));
    shown.put("id", block.key().substring(bar + 1));
    if (block.kind() != Blocks.Kind.TOKEN) {
      shown.put("issued-before", block.since().toString());
    }
    shown.put("until", block.until().toString());
    return shown;
  }

  @Override
  public Done act(Map<String, String> fields) {
    for (String name : fields.keySet()) {
      require(KNOWN.contains(name), "`" + name + "` is no field here");
    }
    Blocks.Kind kind =
        switch (fields.getOrDefault("kind", "")) {
          case "token" -> Blocks.Kind.TOKEN;
          case "subject" -> Blocks.Kind.SUBJECT;
          case "client" -> Blocks.Kind.CLIENT;
          default ->
              throw new IllegalArgumentException("`kind` is one of `token`, `subject`, `client`");
        };
    String id = fields.getOrDefault("id", "");
    require(!id.isEmpty() && id.length() <= LONGEST, "`id` must name what is meant");
    require(id.chars().noneMatch(Character::isISOControl), "`id` holds a control character");
    String issuer = issuer(fields.get("issuer"));
    String key = Standing.name(issuer, id);
    String what = kind.name().toLowerCase(Locale.ROOT);
    return switch (fields.getOrDefault("do", "")) {
      case "revoke" -> revoked(kind, key, issuer, fields, what);
      case "lift" -> lifted(kind, key, what);
      default -> throw new IllegalArgumentException("`do` is `revoke` or `lift`");
    };
  }

  private Done revoked(
      Blocks.Kind kind, String key, String issuer, Map<String, String> fields, String what) {
    Instant now = clock.instant();
    Instant before = instant(fields, "issued-before", now);
    Instant last = before.isAfter(now) ? before : now;
    Instant until = instant(fields, "until", last.plus(longest(issuer)));
    require(until.isAfter(now), "`until` has passed already");
    require(
        kind != Blocks.Kind.TOKEN || !fields.containsKey("issued-before"),
        "one token is shut out whenever it was issued: leave `issued-before` out");
    // One token is meant whenever it says that it was issued.
    Instant since = kind == Blocks.Kind.TOKEN ? until : before;
    blocks.block(kind, key, since, until);
    return new Done(
        "revoke-" + what, key, Json.text(shown(new Blocks.Block(kind, key, since, until))));
  }

  private Done lifted(Blocks.Kind kind, String key, String what) {
    boolean there =
        blocks.all().stream().anyMatch(block -> block.kind() == kind && block.key().equals(key));
    require(there, "this " + what + " is not shut out");
    blocks.lift(kind, key);
    return new Done("lift-" + what, key, Json.text(Map.of("lifted", true)));
  }

  private String issuer(@org.jspecify.annotations.Nullable String named) {
    Set<String> names = names();
    if (named == null && names.size() == 1) {
      return names.iterator().next();
    }
    String all = String.join("`, `", names);
    require(named != null, "say which `issuer`: one of `" + all + "`");
    require(names.contains(named), "`" + named + "` proves nobody here; those are `" + all + "`");
    return java.util.Objects.requireNonNull(named);
  }

  /// Everybody whom the configuration names for proving callers.
  private Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (Node.Member section : reading.source().entries()) {
      if (!OTHERS.contains(section.name()) && section.value() instanceof Node.Obj provers) {
        names.addAll(provers.members().keySet());
      }
    }
    return names;
  }

  /// How long what was issued so far can be good.
  private Duration longest(String name) {
    Issuer issuer = reading.configuration().issuers().get(name);
    return issuer == null ? ELSEWHERE : issuer.lifetime().plus(issuer.clockSkew().multipliedBy(2));
  }

  private static Instant instant(Map<String, String> fields, String name, Instant otherwise) {
    String text = fields.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException wrong) {
      throw new IllegalArgumentException(
          "`" + name + "` is no instant; write it as `2027-01-15T09:00:00Z`", wrong);
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
