package dev.gatewarden.gateway.identity;

import dev.gatewarden.core.identity.Facet;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Proof;
import dev.gatewarden.core.identity.TokenVerifier.Fault;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the claims of a token must say for it to be an access token of the issuer, for this API,
/// now (RFC 7519 section 4.1, RFC 8725 section 3, RFC 9068 section 4).
public final class ClaimRules {
  private static final long END_OF_TIME = 253_402_300_800L;
  private static final int DEEPEST_ACTOR = 8;
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

  /// What an ID token has and an access token has not (OpenID Connect Core, sections 2 and 3.3).
  private static final List<String> OF_ID_TOKENS = List.of("at_hash", "c_hash", "s_hash", "nonce");

  /// What access tokens have in a claim `typ`, where an issuer writes one.
  private static final Set<String> IN_THE_TYP_CLAIM = Set.of("bearer", "dpop");

  private static final Set<String> CONFIRMATIONS = Set.of("jkt", "x5t#S256");

  /// What comes of judging.
  public sealed interface Judged {
    /// @param from the first millisecond at which the token is good, skew included
    /// @param to the first at which it no longer is
    /// @param id the `jti`, or null
    record Good(Proof proof, long from, long to, Instant issuedAt, @Nullable String id)
        implements Judged {}

    record Bad(Fault fault) implements Judged {}
  }

  private final IssuerSettings settings;
  private final long skew;
  private final long longest;

  public ClaimRules(IssuerSettings settings) {
    this.settings = settings;
    this.skew = settings.bounds().skew().toMillis();
    this.longest = settings.bounds().longest().toMillis();
  }

  /// Whether claims name this issuer and this API, or are excused from naming it; null when they
  /// do. Asked before a signature is computed too, for it says whose keys a token is to be checked
  /// with.
  ///
  /// @param now in milliseconds since 1970
  @Nullable Fault misdirected(Map<String, Object> claims, long now) {
    try {
      expectIssuer(claims);
      expectAudience(claims);
      expectExcuse(claims, now);
      return null;
    } catch (Unfit e) {
      return e.fault;
    }
  }

  /// Judges claims whose signature is proved.
  ///
  /// @param now in milliseconds since 1970
  public Judged judge(String type, Map<String, Object> claims, long now) {
    try {
      expectType(type, claims);
      expectIssuer(claims);
      expectAudience(claims);
      expectExcuse(claims, now);
      return inTime(claims, now);
    } catch (Unfit e) {
      return new Judged.Bad(e.fault);
    }
  }

  private void expectType(String type, Map<String, Object> claims) throws Unfit {
    if (!settings.types().contains(type.isEmpty() ? "jwt" : type)) {
      throw Unfit.TYPE;
    }
    if (claims.containsKey("cnf") && !isUnderstood(claims.get("cnf"))) {
      throw Unfit.TYPE;
    }
    if (type.equals("at+jwt")) {
      return;
    }
    for (String name : OF_ID_TOKENS) {
      if (claims.containsKey(name)) {
        throw Unfit.TYPE;
      }
    }
    // Issuers that give all their tokens the type `JWT` say what they are inside.
    boolean other =
        claims.containsKey("events")
            || (claims.get("token_use") instanceof String use && !use.equals("access"))
            || (claims.get("typ") instanceof String kind
                && !IN_THE_TYP_CLAIM.contains(kind.toLowerCase(Locale.ROOT)));
    if (other || isForItsClient(claims)) {
      throw Unfit.TYPE;
    }
  }

  /// Whether a token is bound to its key in a way whose proof can be demanded (RFC 9449, section
  /// 6.1; RFC 8705, section 3.1). Any other way would be taken for a bearer's (RFC 7800, section
  /// 3.1).
  private static boolean isUnderstood(@Nullable Object confirmation) {
    return confirmation instanceof Map<?, ?> members
        && !members.isEmpty()
        && CONFIRMATIONS.containsAll(members.keySet())
        && members.values().stream().allMatch(String.class::isInstance);
  }

  /// Whether a token is meant for the client that it was issued to and grants nothing: what an ID
  /// token without a nonce looks like (OpenID Connect Core, section 2).
  private boolean isForItsClient(Map<String, Object> claims) {
    Object audience = claims.get("aud");
    Object party = claims.get("azp");
    boolean own =
        party != null
            && (party.equals(audience)
                || (audience instanceof List<?> several && several.contains(party)));
    return own
        && !claims.containsKey("client_id")
        && settings.naming().roles().in(claims) == null
        && settings.naming().scopes().stream().allMatch(pointer -> pointer.in(claims) == null);
  }

  private void expectIssuer(Map<String, Object> claims) throws Unfit {
    if (!settings.issuer().equals(text(claims, "iss"))) {
      throw Unfit.ISSUER;
    }
  }

  private void expectAudience(Map<String, Object> claims) throws Unfit {
    Object audience = claims.get("aud");
    if (audience == null && !settings.clients().isEmpty()) {
      String client = firstText(settings.naming().client(), claims);
      if (client == null || !settings.clients().contains(client)) {
        throw Unfit.AUDIENCE;
      }
      return;
    }
    if (audience == null && settings.excuse().noAudience() != null) {
      return;
    }
    if (audience == null) {
      throw Unfit.MISSING_CLAIM;
    }
    List<?> named = audience instanceof List<?> list ? list : List.of(audience);
    boolean mine = false;
    for (Object name : named) {
      if (!(name instanceof String text)) {
        throw Unfit.MALFORMED;
      }
      mine |= settings.audiences().contains(text);
    }
    if (!mine) {
      throw Unfit.AUDIENCE;
    }
  }

  private void expectExcuse(Map<String, Object> claims, long now) throws Unfit {
    if (now >= settings.excuse().over(claims)) {
      throw Unfit.EXCEPTION_OVER;
    }
  }

  private Judged inTime(Map<String, Object> claims, long now) throws Unfit {
    Long expires = time(claims, "exp");
    Long issued = time(claims, "iat");
    Long notBefore = time(claims, "nbf");
    if (expires == null || (issued == null && settings.bounds().issuedAtRequired())) {
      throw Unfit.MISSING_CLAIM;
    }
    if (now >= expires + skew) {
      throw Unfit.EXPIRED;
    }
    long from = Math.max(orLongAgo(issued), orLongAgo(notBefore)) - skew;
    if (now < from) {
      throw Unfit.NOT_YET_VALID;
    }
    if (expires - (issued == null ? now + skew : issued) > longest) {
      throw Unfit.LIFETIME;
    }
    Instant issuedAt = issued == null ? Instant.EPOCH : Instant.ofEpochMilli(issued);
    String id = claims.containsKey("jti") ? text(claims, "jti") : null;
    long to = Math.min(expires + skew, settings.excuse().over(claims));
    return new Judged.Good(proof(claims, to), from, to, issuedAt, id);
  }

  private Proof proof(Map<String, Object> claims, long to) throws Unfit {
    Map<Facet, String> facets = new EnumMap<>(Facet.class);
    facets.put(Facet.SUBJECT, text(claims, "sub"));
    String client = firstText(settings.naming().client(), claims);
    if (client != null) {
      facets.put(Facet.CLIENT, client);
    }
    String tenant = tenant(claims);
    Set<String> roles = settings.naming().roles().words(claims);
    return new Proof(
        settings.name(),
        facets,
        tenant,
        firstWords(settings.naming().scopes(), claims),
        roles,
        claims,
        actors(claims),
        settings.naming().crossing().by(roles, tenant),
        new Lease(Instant.ofEpochMilli(to)));
  }

  /// Whoever runs an issuer could name anybody of any tenant; it speaks for its own alone.
  private @Nullable String tenant(Map<String, Object> claims) throws Unfit {
    IssuerSettings.Naming naming = settings.naming();
    String tenant = naming.tenant() == null ? null : naming.tenant().text(claims);
    if (!naming.tenants().isEmpty() && (tenant == null || !naming.tenants().contains(tenant))) {
      throw Unfit.ISSUER;
    }
    return tenant;
  }

  private static @Nullable String firstText(
      List<ClaimPointer> pointers, Map<String, Object> claims) {
    for (ClaimPointer pointer : pointers) {
      String text = pointer.text(claims);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  private static Set<String> firstWords(List<ClaimPointer> pointers, Map<String, Object> claims) {
    for (ClaimPointer pointer : pointers) {
      if (pointer.in(claims) != null) {
        return pointer.words(claims);
      }
    }
    return Set.of();
  }

  private static List<String> actors(Map<String, Object> claims) throws Unfit {
    List<String> actors = new ArrayList<>();
    Object actor = claims.get("act");
    while (actor != null) {
      if (!(actor instanceof Map<?, ?> map)
          || !(map.get("sub") instanceof String subject)
          || actors.size() == DEEPEST_ACTOR) {
        throw Unfit.MALFORMED;
      }
      actors.add(subject);
      actor = map.get("act");
    }
    return actors;
  }

  /// The text of a claim that must be there.
  private static String text(Map<String, Object> claims, String name) throws Unfit {
    Object value = claims.get(name);
    if (value == null) {
      throw Unfit.MISSING_CLAIM;
    }
    if (!(value instanceof String text) || text.isEmpty() || hasControls(text)) {
      throw Unfit.MALFORMED;
    }
    return text;
  }

  private static boolean hasControls(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static long orLongAgo(@Nullable Long millis) {
    return millis == null ? 0 : millis;
  }

  /// A NumericDate (RFC 7519, section 2) in milliseconds; null when it is not there.
  private static @Nullable Long time(Map<String, Object> claims, String name) throws Unfit {
    Object value = claims.get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof Long seconds && seconds >= 0 && seconds < END_OF_TIME) {
      return seconds * 1000;
    }
    if (value instanceof BigDecimal seconds
        && seconds.signum() >= 0
        && seconds.compareTo(BigDecimal.valueOf(END_OF_TIME)) < 0) {
      return seconds.multiply(THOUSAND).setScale(0, RoundingMode.FLOOR).longValueExact();
    }
    throw Unfit.MALFORMED;
  }

  /// The way out of the rules; never leaves this file.
  private static final class Unfit extends Exception {
    static final Unfit MALFORMED = new Unfit(Fault.MALFORMED);
    static final Unfit TYPE = new Unfit(Fault.TYPE);
    static final Unfit ISSUER = new Unfit(Fault.ISSUER);
    static final Unfit AUDIENCE = new Unfit(Fault.AUDIENCE);
    static final Unfit EXPIRED = new Unfit(Fault.EXPIRED);
    static final Unfit NOT_YET_VALID = new Unfit(Fault.NOT_YET_VALID);
    static final Unfit LIFETIME = new Unfit(Fault.LIFETIME);
    static final Unfit MISSING_CLAIM = new Unfit(Fault.MISSING_CLAIM);
    static final Unfit EXCEPTION_OVER = new Unfit(Fault.EXCEPTION_OVER);

    final Fault fault;

    private Unfit(Fault fault) {
      super(fault.name(), null, false, false);
      this.fault = fault;
    }
  }
}
