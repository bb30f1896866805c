package dev.gatewarden.acceptance;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// A service that issues its own tokens and verifies them badly: signed with a key that everybody
/// guesses, unsigned ones taken as well, and no session that ever ends.
final class WeakService implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("\"username\"\\s*:\\s*\"([^\"]*)\"");
  private static final Pattern PASSWORD = Pattern.compile("\"password\"\\s*:\\s*\"([^\"]*)\"");
  private static final Pattern SUBJECT = Pattern.compile("\"sub\":\"([^\"]*)\"");

  private final Echo server;
  private final Map<String, String> passwords =
      new ConcurrentHashMap<>(Map.of("alice", "pass1", "bob", "pass2"));
  private final AtomicInteger count = new AtomicInteger();
  volatile String mood = "";

  WeakService() throws IOException {
    this.server = Echo.answering(this::answer);
  }

  URI uri() {
    return server.uri();
  }

  /// How many requests reached it.
  int asked() {
    return server.seen().size();
  }

  @Override
  public void close() {
    server.close();
  }

  /// What anybody can sign who guesses the key.
  static String forged(String subject) {
    String open =
        encoded("{\"typ\":\"JWT\",\"alg\":\"HS256\"}")
            + "."
            + encoded("{\"exp\":4102444800,\"iat\":0,\"sub\":\"" + subject + "\"}");
    return open + "." + signed(open);
  }

  /// What anybody can write who knows no key.
  static String unsigned(String subject) {
    return encoded("{\"typ\":\"JWT\",\"alg\":\"none\"}")
        + "."
        + encoded("{\"exp\":4102444800,\"sub\":\"" + subject + "\"}")
        + ".";
  }

  private String issued(String subject) {
    String open =
        encoded("{\"typ\":\"JWT\",\"alg\":\"HS256\"}")
            + "."
            + encoded(
                "{\"exp\":4102444800,\"iat\":"
                    + count.incrementAndGet()
                    + ",\"sub\":\""
                    + subject
                    + "\"}");
    return open + "." + signed(open);
  }

  private Answer answer(Incoming request) throws IOException {
    return switch (request.method() + " " + request.path()) {
      case "POST /users/v1/login" -> login(request);
      case "POST /users/v1/logout" -> Answer.json(200, "{\"status\":\"success\"}");
      case "POST /users/v1/refresh" -> {
        String renewal =
            word(request.text(), Pattern.compile("\"refresh_token\"\\s*:\\s*\"([^\"]*)\""));
        // Never looks whether the token that is to be renewed is one of its own.
        String name =
            renewal != null && renewal.contains("-")
                ? renewal.substring(2).replaceAll("-.*", "")
                : "alice";
        yield Answer.json(
            200,
            "{\"auth_token\":\""
                + issued(name)
                + "\",\"refresh_token\":\"r-"
                + name
                + "-"
                + count.incrementAndGet()
                + "\"}");
      }
      case "PUT /users/v1/alice/password" -> {
        passwords.put("alice", "pass3");
        yield Answer.json(200, "{\"status\":\"success\"}");
      }
      case "GET /me" -> {
        String subject = subject(request.bearer());
        yield subject == null
            ? Answer.json(401, "{\"message\":\"invalid token\"}")
            : Answer.json(200, "{\"username\":\"" + subject + "\"}");
      }
      default -> Answer.json(404, "{}");
    };
  }

  private Answer login(Incoming request) throws IOException {
    String name = word(request.text(), NAME);
    String password = word(request.text(), PASSWORD);
    if (name == null || !String.valueOf(passwords.get(name)).equals(password)) {
      return mood.equals("always-200")
          ? Answer.json(200, "{\"status\":\"fail\",\"message\":\"wrong\"}")
          : Answer.json(401, "{\"status\":\"fail\"}");
    }
    String token = mood.equals("same-for-all") ? "one-token-for-everybody" : issued(name);
    String json =
        "{\"status\":\"success\",\"auth_token\":\""
            + token
            + "\",\"refresh_token\":\"r-"
            + name
            + "-0\"}";
    if (mood.equals("packed")) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
        zip.write(json.getBytes(StandardCharsets.UTF_8));
      }
      Answer plain = Answer.json(200, "");
      return new Answer(200, plain.headers(), packed.toByteArray())
          .with("content-encoding", "gzip");
    }
    if (mood.equals("refuses")) {
      return Answer.json(403, json);
    }
    return Answer.json(200, json).with("set-cookie", "sid=" + token + "; Path=/; HttpOnly");
  }

  private static @Nullable String subject(@Nullable String token) {
    if (token == null) {
      return null;
    }
    int first = token.indexOf('.');
    int last = token.lastIndexOf('.');
    if (first < 0 || last == first) {
      return null;
    }
    String head = decoded(token.substring(0, first));
    boolean good =
        head.contains("none") || signed(token.substring(0, last)).equals(token.substring(last + 1));
    return good ? word(decoded(token.substring(first + 1, last)), SUBJECT) : null;
  }

  private static @Nullable String word(String text, Pattern pattern) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : null;
  }

  private static String signed(String open) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec("random".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(open.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String text) {
    return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
  }
}
