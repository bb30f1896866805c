package dev.gatewarden.controls.guards;

import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.core.identity.Sender;
import dev.gatewarden.core.identity.SignatureLayout;
import dev.gatewarden.core.limit.DurationText;
import dev.gatewarden.testkit.cases.Lines;
import dev.gatewarden.testkit.cases.Scene;
import dev.gatewarden.testkit.cases.Words;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs the events of a case as their sender would: `request: {signed-by: bank, id: e1, sent: -1s,
/// secret: older}`.
///
/// What stands under `tampered` is put in the place of what was signed.
final class Signing {
  private Signing() {}

  /// `{preset, secrets, window}`, or `{header, mark, hex, algorithm, timestamp}` in place of the
  /// preset.
  static Sender sender(String name, Words said) {
    SignatureLayout layout =
        said.has("header")
            ? SignatureLayout.hmac(
                said.text("header", ""),
                said.text("mark", ""),
                said.is("hex", true),
                said.text("algorithm", "HmacSHA256"),
                said.text("timestamp"))
            : SignatureLayout.PRESETS.get(said.text("preset", ""));
    return new Sender(
        name,
        layout,
        said.texts("secrets").stream().map(Secret::of).toList(),
        DurationText.parse(said.text("window", "5m")));
  }

  static Call call(Scene scene, Principal caller) {
    Words asked = scene.said().object("request");
    String name = asked.text("signed-by", "");
    Words said = scene.said().object("senders").object(name);
    Map<String, String> headers = headers(scene, asked, said, sender(name, said).layout());
    Words tampered = asked.object("tampered");
    Map<String, Object> words = new LinkedHashMap<>(asked.said());
    if (tampered.has("body")) {
      words.put("body", tampered.text("body"));
    }
    tampered.object("headers").said().forEach((line, value) -> headers.put(line, (String) value));
    Lines lines = scene.headers();
    for (Map.Entry<String, String> line : headers.entrySet()) {
      lines = lines.and(line.getKey(), line.getValue());
    }
    return scene.call(caller, lines, new Words(words));
  }

  private static Map<String, String> headers(
      Scene scene, Words asked, Words said, SignatureLayout layout) {
    String id = asked.text("id", "");
    String sent = seconds(scene.clock().instant(), asked.text("sent", "0s"));
    String secret = asked.text("secret", said.texts("secrets").getFirst());
    String signature =
        asked.text("mark", layout.mark())
            + digest(layout, secret, signed(layout, id, sent, asked.text("body", "")));
    if (asked.object("tampered").has("sent")) {
      sent = seconds(scene.clock().instant(), asked.object("tampered").text("sent", ""));
    }
    Map<String, String> headers = new LinkedHashMap<>();
    if (layout.timestampMark() != null) {
      signature = layout.timestampMark() + sent + layout.separator() + signature;
    }
    if (asked.has("also")) {
      signature = asked.text("also") + layout.separator() + signature;
    }
    headers.put(layout.header(), signature);
    if (layout.timestampHeader() != null) {
      headers.put(layout.timestampHeader(), sent);
    }
    if (layout.idHeader() != null) {
      headers.put(layout.idHeader(), id);
    }
    return headers;
  }

  private static String signed(SignatureLayout layout, String id, String sent, String body) {
    StringBuilder text = new StringBuilder();
    for (SignatureLayout.Signed part : layout.signed()) {
      text.append(
          switch (part) {
            case SignatureLayout.Signed.Body() -> body;
            case SignatureLayout.Signed.Timestamp() -> sent;
            case SignatureLayout.Signed.Id() -> id;
            case SignatureLayout.Signed.Text(String fixed) -> fixed;
          });
    }
    return text.toString();
  }

  private static String digest(SignatureLayout layout, String secret, String text) {
    try {
      Mac mac = Mac.getInstance(layout.algorithm());
      byte[] key = secret.getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(key, layout.algorithm()));
      byte[] digest = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return layout.hex()
          ? HexFormat.of().formatHex(digest)
          : Base64.getEncoder().encodeToString(digest);
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String seconds(Instant now, String offset) {
    boolean back = offset.startsWith("-");
    Duration by = DurationText.parse(back ? offset.substring(1) : offset);
    return String.valueOf((back ? now.minus(by) : now.plus(by)).getEpochSecond());
  }
}
