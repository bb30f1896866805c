package dev.gatewarden.controls.guards.webhook;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Cost;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Headers;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.identity.Facet;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Proof;
import dev.gatewarden.core.identity.Prover;
import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.core.identity.Sender;
import dev.gatewarden.core.identity.SignatureLayout;
import dev.gatewarden.core.identity.SignatureLayout.Signed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Proves by its signature who sent an event: Stripe, GitHub, Slack, Standard Webhooks, or a plain
/// keyed digest.
///
/// The signature is computed over the raw body before anybody parses it, with each of the sender's
/// secrets, so that a secret can be rotated, and
/// compared in constant time. A time of sending counts only where the signature covers it, and may
/// lie neither too far back nor ahead.
@Control(
    id = "webhook-signature",
    stage = Stage.IDENTIFY,
    cost = Cost.CRYPTO,
    threats = {Threat.API2_AUTHENTICATION, Threat.API10_UNSAFE_CONSUMPTION})
public final class WebhookSignatureGuard implements Guard {

  /// Nothing can be set: layout, secrets and window belong to the sender.
  public record Config() {}

  /// Why an event is not taken for the sender's.
  public enum Why implements Reason {
    MALFORMED(400, "the signature headers are not well formed"),
    TOO_OLD(401, "the event was signed too long ago"),
    TOO_NEW(401, "the event was signed in the future"),
    FORGED(401, "the signature is not the sender's");

    private final int status;
    private final String summary;

    Why(int status, String summary) {
      this.status = status;
      this.summary = summary;
    }

    @Override
    public String control() {
      return "webhook-signature";
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public String summary() {
      return summary;
    }
  }

  public static final GuardEntry<Config> ENTRY =
      GuardEntry.of(
          WebhookSignatureGuard.class,
          new Config(),
          Reads.RAW_BODY,
          Why.values(),
          WebhookSignatureGuard::seat);

  /// The proved claim that names the event, a text.
  public static final String EVENT = "event";

  /// The proved claim that says when the event was signed: seconds since 1970, absent where that is
  /// not signed.
  public static final String SENT = "sent";

  private static final int MOST_ENTRIES = 16;
  private static final int LONGEST_ID = 256;

  private final Sender sender;

  private WebhookSignatureGuard(Sender sender) {
    this.sender = sender;
  }

  private static Optional<Guard> seat(Setting setting, Config config) {
    SecurityScheme scheme = setting.scheme();
    return setting.prover() instanceof Prover.Events(var sender) && signs(scheme.kind())
        ? Optional.of(new WebhookSignatureGuard(sender))
        : Optional.empty();
  }

  /// A contract writes a signed request down as a key in a header, or as an HTTP scheme of its own.
  private static boolean signs(SecurityScheme.Kind kind) {
    return switch (kind) {
      case SecurityScheme.ApiKey _ -> true;
      case SecurityScheme.Http(String name, var _) -> !Set.of("bearer", "basic").contains(name);
      case SecurityScheme.OAuth2 _, SecurityScheme.OpenIdConnect _, SecurityScheme.MutualTls _ ->
          false;
    };
  }

  /// The parts of a signature as they were presented.
  private record Presented(
      List<String> entries, @Nullable String timestamp, @Nullable String id, long sentAt) {}

  @Override
  public Verdict judge(Call call) {
    Headers headers = call.exchange().request().headers();
    SignatureLayout layout = sender.layout();
    if (headers.count(layout.header()) == 0) {
      return Verdict.absent();
    }
    Presented presented = presented(headers, layout);
    if (presented == null) {
      return Verdict.broken(Why.MALFORMED);
    }
    Instant now = call.exchange().request().at();
    if (layout.dated()) {
      long age = now.getEpochSecond() - presented.sentAt;
      if (Math.abs(age) > sender.window().toSeconds()) {
        return Verdict.broken(age > 0 ? Why.TOO_OLD : Why.TOO_NEW);
      }
    }
    Bytes body = call.body().bytes();
    return genuine(presented, layout, body)
        ? new Verdict.Proved(proof(presented, layout, body))
        : Verdict.broken(Why.FORGED);
  }

  private static @Nullable Presented presented(Headers headers, SignatureLayout layout) {
    String line = only(headers, layout.header());
    String timestamp = null;
    String id = null;
    if (line == null) {
      return null;
    }
    String[] entries = layout.separator() == 0 ? new String[] {line} : split(line, layout);
    if (entries.length > MOST_ENTRIES) {
      return null;
    }
    if (layout.timestampHeader() != null) {
      timestamp = only(headers, layout.timestampHeader());
    } else if (layout.timestampMark() != null) {
      timestamp = marked(entries, layout.timestampMark());
    }
    long sentAt = timestamp == null ? -1 : seconds(timestamp);
    if (layout.dated() && sentAt < 0) {
      return null;
    }
    if (layout.idHeader() != null) {
      id = only(headers, layout.idHeader());
      if (id == null || id.isEmpty() || id.length() > LONGEST_ID) {
        return null;
      }
    }
    return new Presented(List.of(entries), timestamp, id, sentAt);
  }

  private boolean genuine(Presented presented, SignatureLayout layout, Bytes body) {
    ByteBuffer[] signed = signed(presented, layout, body);
    boolean found = false;
    for (Secret secret : sender.secrets()) {
      byte[] expected = secret.mac(layout.algorithm(), signed);
      for (String entry : presented.entries) {
        if (entry.startsWith(layout.mark())) {
          byte[] given = SignatureText.decode(entry, layout.mark().length(), layout.hex());
          found |= given != null && MessageDigest.isEqual(expected, given);
        }
      }
    }
    return found;
  }

  private static ByteBuffer[] signed(Presented presented, SignatureLayout layout, Bytes body) {
    ByteBuffer[] parts = new ByteBuffer[layout.signed().size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] =
          switch (layout.signed().get(i)) {
            case Signed.Body() -> ByteBuffer.wrap(body.array(), body.from(), body.length());
            case Signed.Timestamp() -> text(presented.timestamp);
            case Signed.Id() -> text(presented.id);
            case Signed.Text(String text) -> text(text);
          };
    }
    return parts;
  }

  /// The event's id is taken from what is signed; where nothing signed names one, the body itself
  /// does.
  private Proof proof(Presented presented, SignatureLayout layout, Bytes body) {
    String event = presented.id;
    if (event == null && layout.eventMember() != null) {
      event = TopMember.text(body, layout.eventMember());
    }
    if (event == null || event.length() > LONGEST_ID) {
      event = SignatureText.sha256(body);
    }
    Map<String, Object> claims =
        layout.dated() ? Map.of(EVENT, event, SENT, presented.sentAt) : Map.of(EVENT, event);
    return new Proof(
        sender.name(),
        Map.of(Facet.SENDER, sender.name()),
        null,
        Set.of(),
        Set.of(),
        claims,
        List.of(),
        Lease.UNBOUNDED);
  }

  private static @Nullable String only(Headers headers, String name) {
    return headers.count(name) == 1 ? headers.first(name) : null;
  }

  private static @Nullable String marked(String[] entries, String mark) {
    String only = null;
    for (String entry : entries) {
      if (entry.startsWith(mark)) {
        if (only != null) {
          return null;
        }
        only = entry.substring(mark.length());
      }
    }
    return only;
  }

  private static String[] split(String line, SignatureLayout layout) {
    String[] entries = new String[MOST_ENTRIES + 1];
    int count = 0;
    int from = 0;
    while (count < entries.length) {
      int end = line.indexOf(layout.separator(), from);
      entries[count++] = line.substring(from, end < 0 ? line.length() : end).strip();
      if (end < 0) {
        return java.util.Arrays.copyOf(entries, count);
      }
      from = end + 1;
    }
    return entries;
  }

  /// Plain digits, at most eleven of them; -1 otherwise.
  private static long seconds(String text) {
    if (text.isEmpty() || text.length() > 11) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + (c - '0');
    }
    return value;
  }

  private static ByteBuffer text(@Nullable String text) {
    return ByteBuffer.wrap((text == null ? "" : text).getBytes(StandardCharsets.UTF_8));
  }
}
