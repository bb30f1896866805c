package dev.gatewarden.app.configuration;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How an issuer is asked about tokens (RFC 7662): opaque ones, which nobody else can read.
///
/// @param url where it is asked; found through its metadata when absent
/// @param client by which of its clients the gate asks
/// @param cache how long an answer is used, at most `10m`; a token that is revoked at the issuer is
///     refused after that time at the latest
/// @param deadline the longest time for one answer
/// @param whenGone what holds while the issuer does not answer: `closed` answers 503; a duration
///     such as `2m` goes on using the last good answer about a token for that much longer
/// @param of which tokens it is asked about
/// @param answers what it answers with: `json`, or `signed` where nothing counts but what it signed
///     (RFC 9701), by one of its `algorithms`
public record Introspection(
    @Nullable URI url,
    OauthClient client,
    @Default("30s") Duration cache,
    @Default("2s") Duration deadline,
    @Default("closed") WhenGone whenGone,
    @Default("opaque") Asked of,
    @Default("json") Answers answers) {

  /// What an issuer answers with.
  public enum Answers {
    /// As it is.
    JSON,
    /// Signed by its keys, for the gate alone.
    SIGNED
  }

  /// Which tokens an issuer is asked about.
  public enum Asked {
    /// Those that are not signed; signed ones are proved by their signature alone.
    OPAQUE,
    /// Signed ones too, once their signature is proved, so that one that was revoked is refused.
    EVERY
  }

  /// What holds while the issuer does not answer.
  ///
  /// @param stale how much longer good answers are used; zero for not at all
  public record WhenGone(Duration stale) {
    /// What a text writes.
    ///
    /// @throws IllegalArgumentException when it writes nothing of the kind
    public static WhenGone parse(String text) {
      if (text.equals("closed")) {
        return new WhenGone(Duration.ZERO);
      }
      return new WhenGone(dev.gatewarden.core.limit.DurationText.parse(text));
    }

    @Override
    public String toString() {
      return stale.isZero() ? "closed" : stale.toSeconds() + "s";
    }
  }
}
