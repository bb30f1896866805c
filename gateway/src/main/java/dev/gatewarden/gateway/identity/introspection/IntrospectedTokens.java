package dev.gatewarden.gateway.identity.introspection;

import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.identity.TokenVerifier;
import dev.gatewarden.gateway.identity.FailingSources;
import dev.gatewarden.gateway.identity.IssuerSettings;
import dev.gatewarden.gateway.identity.Workshop;
import dev.gatewarden.gateway.identity.client.Endpoint;
import dev.gatewarden.gateway.identity.client.Fingerprint;
import dev.gatewarden.gateway.identity.client.Flights;
import dev.gatewarden.gateway.identity.client.Kept;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Proves the tokens of one issuer by asking it (RFC 7662).
///
/// Answers are kept for a short while, never beyond the token's own end, in a table of bounded size
/// that holds fingerprints instead of tokens; what revokes a token here is asked on each hit. Of
/// those who bring the same token at the same time one asks, and no more than a bounded number ask
/// at once. A source that keeps bringing tokens which the issuer does not know is refused before it
/// is asked again. While the issuer does not answer nobody is let in, save for the time that the
/// operator stated.
///
/// A token that is spelled like a signed one is proved by its signature where the issuer's keys are
/// known, so that who forges one bothers nobody.
public final class IntrospectedTokens implements TokenVerifier {
  private static final Logger LOG = LoggerFactory.getLogger(IntrospectedTokens.class);
  private static final int MOST_ENTRIES = 1 << 14;
  private static final long MOST_BYTES = 32L << 20;
  private static final int MOST_ASKING = 128;
  private static final long REFUSED_FOR = 10_000;
  private static final int OVERHEAD = 512;
  private static final int TIMES_AS_TREE = 4;

  /// What stands in place of the revocations where a token is refused.
  private static final long COUNTED = 0;

  private static final long PARDONED = 1;

  /// What is kept of an answer.
  ///
  /// @param until when it is asked again
  /// @param end when the token ends
  /// @param epoch the revocations as they stood when nothing shut the token out
  private record Entry(
      Verification verification,
      long until,
      long end,
      @Nullable String tokenKey,
      Instant issuedAt,
      long epoch) {

    /// A refusal that counts against who brought it.
    static Entry refused(Verification.Refused why, long until) {
      return new Entry(why, until, until, null, Instant.EPOCH, COUNTED);
    }

    /// The same refusal of a token for which another issuer vouches.
    Entry pardoned(long later) {
      return new Entry(verification, later, later, null, Instant.EPOCH, PARDONED);
    }
  }

  private final IssuerSettings issuer;
  private final IntrospectionSettings settings;
  private final Endpoint endpoint;
  private final @Nullable TokenVerifier signed;
  private final @Nullable SignedAnswers answers;
  private final AnswerRules rules;
  private final InstantSource clock;
  private final Blocks blocks;
  private final FailingSources failing;
  private final Fingerprint.Maker fingerprints;
  private final Kept<Entry> kept = new Kept<>(MOST_ENTRIES, MOST_BYTES);
  private final Flights<Verification> flights =
      new Flights<>(MOST_ASKING, refused(Fault.OVERLOADED));

  /// @param endpoint where the issuer is asked
  /// @param signed proves the issuer's signed tokens; null where it issues none
  /// @param answers reads what the issuer signs; null where it answers in plain JSON
  public IntrospectedTokens(
      IssuerSettings issuer,
      IntrospectionSettings settings,
      Endpoint endpoint,
      @Nullable TokenVerifier signed,
      @Nullable SignedAnswers answers,
      Workshop workshop) {
    this.issuer = issuer;
    this.settings = settings;
    this.endpoint = endpoint;
    this.signed = signed;
    this.answers = answers;
    this.rules = new AnswerRules(issuer);
    this.clock = workshop.clock();
    this.blocks = workshop.blocks();
    this.failing = new FailingSources(workshop.clock(), workshop.random());
    this.fingerprints = new Fingerprint.Maker(workshop.random());
  }

  @Override
  public Verification verify(String token, Ip source) {
    if (token.length() > issuer.bounds().mostBytes()) {
      return refused(Fault.MALFORMED);
    }
    TokenVerifier local = signed;
    if (local == null || !isJose(token)) {
      return asked(token, source);
    }
    Verification proved = local.verify(token, source);
    return settings.every() && proved instanceof Verification.Verified good
        ? both(good, asked(token, source))
        : proved;
  }

  @Override
  public boolean isProved(String token) {
    TokenVerifier local = signed;
    return local != null && !settings.every() && isJose(token) && local.isProved(token);
  }

  @Override
  public boolean isNamedIn(String token) {
    TokenVerifier local = signed;
    if (local != null && isJose(token)) {
      return local.isNamedIn(token);
    }
    return token.length() <= issuer.bounds().mostBytes() && !isJose(token);
  }

  @Override
  public boolean asksAbout(String token) {
    return isNamedIn(token) && !isJose(token);
  }

  /// Once for each time that the issuer was asked: an answer that is kept counts nothing. It is
  /// kept
  /// for as long as a good one, for here nobody will know the token.
  @Override
  public void pardon(String token, Ip source) {
    Fingerprint fingerprint = fingerprints.of(token);
    Entry entry = kept.find(fingerprint);
    if (entry != null
        && entry.epoch() == COUNTED
        && entry.verification() instanceof Verification.Refused(Fault fault)
        && fault == Fault.INACTIVE) {
      kept.put(fingerprint, entry.pardoned(clock.millis() + settings.cache().toMillis()), OVERHEAD);
      failing.pardoned(source);
    }
  }

  /// The compact serializations (RFC 7515, section 7.1; RFC 7516, section 7.1) have two or four
  /// points.
  private static boolean isJose(String token) {
    int points = 0;
    for (int i = 0; i < token.length(); i++) {
      if (token.charAt(i) == '.') {
        points++;
      }
    }
    return points == 2 || points == 4;
  }

  /// A signed token of which the issuer says that it is another's is none of either.
  private static Verification both(Verification.Verified proved, Verification asked) {
    if (!(asked instanceof Verification.Verified said)) {
      return asked;
    }
    Principal here = proved.proof().alone();
    return here.subject().equals(said.proof().alone().subject()) ? proved : refused(Fault.INACTIVE);
  }

  private Verification asked(String token, Ip source) {
    Fingerprint fingerprint = fingerprints.of(token);
    Entry entry = kept.find(fingerprint);
    long now = clock.millis();
    if (entry != null && now < entry.until()) {
      return again(fingerprint, entry, now);
    }
    if (!Thread.currentThread().isVirtual()) {
      if (!failing.wouldAdmit(source, "")) {
        return refused(Fault.FAILING_SOURCE);
      }
      throw WouldWait.INSTANCE;
    }
    if (!failing.admits(source, "")) {
      return refused(Fault.FAILING_SOURCE);
    }
    Verification answer = flights.ask(fingerprint, () -> askNow(token, fingerprint));
    if (answer instanceof Verification.Refused(Fault fault) && fault == Fault.INACTIVE) {
      failing.failed(source);
    }
    return answer;
  }

  /// What a token of which the issuer said something is worth now.
  private Verification again(Fingerprint fingerprint, Entry entry, long now) {
    if (!(entry.verification() instanceof Verification.Verified verified)) {
      return entry.verification();
    }
    if (now >= entry.end()) {
      return refused(Fault.EXPIRED);
    }
    long epoch = blocks.epoch();
    if (entry.epoch() == epoch) {
      return verified;
    }
    if (isBlocked(verified, entry)) {
      return refused(Fault.REVOKED);
    }
    kept.put(
        fingerprint,
        new Entry(verified, entry.until(), entry.end(), entry.tokenKey(), entry.issuedAt(), epoch),
        size(verified));
    return verified;
  }

  private boolean isBlocked(Verification.Verified verified, Entry entry) {
    Principal who = verified.proof().alone();
    String client = who.client();
    return (entry.tokenKey() != null
            && blocks.blocked(Blocks.Kind.TOKEN, entry.tokenKey(), entry.issuedAt()))
        || blocks.blocked(Blocks.Kind.SUBJECT, who.key(), entry.issuedAt())
        || (client != null
            && blocks.blocked(Blocks.Kind.CLIENT, who.issuer() + "|" + client, entry.issuedAt()));
  }

  private Verification askNow(String token, Fingerprint fingerprint) {
    Entry before = kept.find(fingerprint);
    if (before != null && clock.millis() < before.until()) {
      return again(fingerprint, before, clock.millis());
    }
    String why;
    try {
      // Read before asking: what is shut out meanwhile is seen on the next hit.
      long epoch = blocks.epoch();
      Endpoint.Answer answer =
          endpoint.ask(
              Map.of("token", token, "token_type_hint", "access_token"),
              answers == null ? "application/json" : SignedAnswers.MEDIA_TYPE);
      long now = clock.millis();
      switch (judged(answer, now)) {
        case AnswerRules.Judged.Good(var good, long end) -> {
          return keep(fingerprint, good, end, now, epoch);
        }
        case AnswerRules.Judged.Bad(Fault fault) -> {
          Verification.Refused no = refused(fault);
          long until = now + Math.min(REFUSED_FOR, settings.cache().toMillis());
          kept.put(fingerprint, Entry.refused(no, until), OVERHEAD);
          return no;
        }
        case AnswerRules.Judged.Unusable(String broken) -> why = broken;
      }
    } catch (IOException e) {
      why = String.valueOf(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return refused(Fault.OVERLOADED);
    }
    LOG.warn("issuer `{}` cannot be asked about tokens: {}", issuer.name(), why);
    return withoutAnswer(fingerprint, before);
  }

  private AnswerRules.Judged judged(Endpoint.Answer answer, long now)
      throws IOException, InterruptedException {
    SignedAnswers reads = answers;
    return reads == null || answer.status() != 200
        ? rules.judge(answer, now)
        : rules.judge(reads.said(answer, now), now);
  }

  private Verification keep(
      Fingerprint fingerprint,
      dev.gatewarden.gateway.identity.ClaimRules.Judged.Good good,
      long end,
      long now,
      long epoch) {
    Verification.Verified verified = new Verification.Verified(good.proof());
    String id = good.id();
    Entry entry =
        new Entry(
            verified,
            Math.min(now + settings.cache().toMillis(), end),
            end,
            id == null ? null : issuer.name() + "|" + id,
            good.issuedAt(),
            epoch);
    if (isBlocked(verified, entry)) {
      return refused(Fault.REVOKED);
    }
    kept.put(fingerprint, entry, size(verified));
    return verified;
  }

  /// The last good answer for as long as the operator stated, else nothing.
  private Verification withoutAnswer(Fingerprint fingerprint, @Nullable Entry before) {
    long now = clock.millis();
    if (before == null || !(before.verification() instanceof Verification.Verified)) {
      return refused(Fault.UNANSWERED);
    }
    long last = Math.min(before.until() + settings.stale().toMillis(), before.end());
    return now < last ? again(fingerprint, before, now) : refused(Fault.UNANSWERED);
  }

  private static int size(Verification.Verified verified) {
    int characters = 0;
    for (Map.Entry<String, Object> claim : verified.proof().claims().entrySet()) {
      characters += claim.getKey().length() + String.valueOf(claim.getValue()).length();
    }
    return OVERHEAD + TIMES_AS_TREE * characters;
  }

  private static Verification.Refused refused(Fault fault) {
    return new Verification.Refused(fault);
  }
}
