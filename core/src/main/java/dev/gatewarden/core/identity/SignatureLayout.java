package dev.gatewarden.core.identity;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a sender of webhooks writes its signature down, and what the signature covers.
///
/// @param header the header that carries the signatures, and the timestamp where `timestampMark` is
///     set
/// @param separator between several entries in that header; 0 where there is one only
/// @param mark what a signature's entry begins with, `v1=`
/// @param hex whether signatures are hexadecimal; base64 otherwise
/// @param algorithm the keyed digest by its name in the JDK
/// @param signed what is signed, in order
/// @param timestampHeader the header with the signed timestamp, or null
/// @param timestampMark what the timestamp's entry in `header` begins with, or null
/// @param idHeader the header with the signed id of the event, or null
/// @param eventMember the member of the signed body that is the event's id, or null
public record SignatureLayout(
    String header,
    char separator,
    String mark,
    boolean hex,
    String algorithm,
    List<Signed> signed,
    @Nullable String timestampHeader,
    @Nullable String timestampMark,
    @Nullable String idHeader,
    @Nullable String eventMember) {

  /// A piece of what is signed.
  public sealed interface Signed {
    /// The raw body.
    record Body() implements Signed {}

    /// The timestamp as it was sent.
    record Timestamp() implements Signed {}

    /// The event's id as it was sent.
    record Id() implements Signed {}

    /// A fixed text.
    record Text(String text) implements Signed {}
  }

  private static final Signed BODY = new Signed.Body();
  private static final Signed TIMESTAMP = new Signed.Timestamp();
  private static final Signed ID = new Signed.Id();
  private static final Signed DOT = new Signed.Text(".");

  /// `Stripe-Signature: t=1492774577,v1=5257…,v1=…`.
  public static final SignatureLayout STRIPE =
      new SignatureLayout(
          "stripe-signature",
          ',',
          "v1=",
          true,
          "HmacSHA256",
          List.of(TIMESTAMP, DOT, BODY),
          null,
          "t=",
          null,
          "id");

  /// `X-Hub-Signature-256: sha256=…`; nothing but the body is signed.
  public static final SignatureLayout GITHUB =
      new SignatureLayout(
          "x-hub-signature-256",
          (char) 0,
          "sha256=",
          true,
          "HmacSHA256",
          List.of(BODY),
          null,
          null,
          null,
          null);

  /// `X-Slack-Signature: v0=…` with `X-Slack-Request-Timestamp`.
  public static final SignatureLayout SLACK =
      new SignatureLayout(
          "x-slack-signature",
          (char) 0,
          "v0=",
          true,
          "HmacSHA256",
          List.of(new Signed.Text("v0:"), TIMESTAMP, new Signed.Text(":"), BODY),
          "x-slack-request-timestamp",
          null,
          null,
          "event_id");

  /// Standard Webhooks: `webhook-id`, `webhook-timestamp`, `webhook-signature: v1,… v1,…`.
  public static final SignatureLayout STANDARD =
      new SignatureLayout(
          "webhook-signature",
          ' ',
          "v1,",
          false,
          "HmacSHA256",
          List.of(ID, DOT, TIMESTAMP, DOT, BODY),
          "webhook-timestamp",
          null,
          "webhook-id",
          null);

  /// The layouts a configuration may name.
  public static final Map<String, SignatureLayout> PRESETS =
      Map.of("stripe", STRIPE, "github", GITHUB, "slack", SLACK, "standard-webhooks", STANDARD);

  public SignatureLayout {
    signed = List.copyOf(signed);
    if (!signed.contains(BODY)) {
      throw new IllegalArgumentException("a signature must cover the body");
    }
    boolean dated = timestampHeader != null || timestampMark != null;
    if (dated != signed.contains(TIMESTAMP) || (idHeader != null) != signed.contains(ID)) {
      throw new IllegalArgumentException(
          "a timestamp or an id counts only where the signature covers it");
    }
  }

  /// Whether the time of sending is signed, so that a replay can grow too old.
  public boolean dated() {
    return timestampHeader != null || timestampMark != null;
  }

  /// A plain keyed digest over the body, or over `timestamp.body` where a timestamp header is
  /// named.
  public static SignatureLayout hmac(
      String header, String mark, boolean hex, String algorithm, @Nullable String timestampHeader) {
    return new SignatureLayout(
        header,
        (char) 0,
        mark,
        hex,
        algorithm,
        timestampHeader == null ? List.of(BODY) : List.of(TIMESTAMP, DOT, BODY),
        timestampHeader,
        null,
        null,
        null);
  }
}
