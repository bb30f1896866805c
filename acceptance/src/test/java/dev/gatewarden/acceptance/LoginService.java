package dev.gatewarden.acceptance;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.http.Incoming;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A service that lets people in by a password, `right` for everybody it knows, and stops nobody
/// who
/// guesses. It reads names as many services do: without case, without blanks, in compatible forms.
final class LoginService implements AutoCloseable {
  private static final Pattern EMAIL = Pattern.compile("\"email\"\\s*:\\s*\"([^\"]*)\"");
  private static final Pattern PASSWORD = Pattern.compile("\"password\"\\s*:\\s*\"([^\"]*)\"");
  private static final Pattern PENDING = Pattern.compile("\"mfa_token\"\\s*:\\s*\"([^\"]*)\"");
  private static final Pattern CODE = Pattern.compile("\"code\"\\s*:\\s*\"([^\"]*)\"");

  private final Echo server;
  private final Map<String, AtomicInteger> guesses = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> mails = new ConcurrentHashMap<>();
  private final Map<String, String> begun = new ConcurrentHashMap<>();
  private final AtomicInteger codes = new AtomicInteger();
  private final AtomicInteger wrong = new AtomicInteger();
  volatile boolean always200;

  /// What it waits for before it answers.
  volatile CountDownLatch patience = new CountDownLatch(0);

  LoginService() throws IOException {
    this.server = Echo.answering(this::answer);
  }

  URI uri() {
    return server.uri();
  }

  /// How many wrong passwords reached it, for whomever.
  int wrong() {
    return wrong.get();
  }

  /// How many wrong passwords for somebody reached it.
  int wrong(String account) {
    return count(guesses, account);
  }

  /// How many wrong codes reached it.
  int codes() {
    return codes.get();
  }

  /// How many messages it sent to somebody.
  int mails(String account) {
    return count(mails, account);
  }

  private static int count(Map<String, AtomicInteger> counts, String account) {
    AtomicInteger count = counts.get(account);
    return count == null ? 0 : count.get();
  }

  private Answer answer(Incoming request) {
    return switch (request.path()) {
      case "/login" -> login(request);
      case "/mfa/verify" -> code(request);
      case "/password/forgot" -> mail(request);
      case "/auth/refresh" -> Answer.json(401, "{}");
      case "/basic" -> basic(request);
      default -> Answer.empty(404);
    };
  }

  private Answer login(Incoming request) {
    String who = known(said(request, EMAIL, "email"));
    if (!said(request, PASSWORD, "password").equals("right") || !who.endsWith("@example.com")) {
      wrong.incrementAndGet();
      guesses.computeIfAbsent(who, _ -> new AtomicInteger()).incrementAndGet();
      await();
      return always200
          ? Answer.json(200, "{\"success\":false}")
          : Answer.json(401, "{\"error\":\"wrong\"}");
    }
    String pending = "pending-" + begun.size() + "-" + who.hashCode();
    begun.put(pending, who);
    return Answer.json(200, "{\"success\":true,\"mfa_token\":\"" + pending + "\"}");
  }

  private void await() {
    try {
      if (!patience.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody let it answer");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private Answer code(Incoming request) {
    String who = begun.get(said(request, PENDING, "mfa_token"));
    if (who == null || !said(request, CODE, "code").equals("424242")) {
      codes.incrementAndGet();
      return Answer.json(401, "{\"error\":\"wrong\"}");
    }
    return Answer.json(200, "{\"success\":true}");
  }

  private Answer mail(Incoming request) {
    mails
        .computeIfAbsent(known(said(request, EMAIL, "email")), _ -> new AtomicInteger())
        .incrementAndGet();
    return Answer.json(202, "{}");
  }

  private Answer basic(Incoming request) {
    String pair =
        new String(
            Base64.getDecoder()
                .decode(String.valueOf(request.header("authorization")).substring(6)),
            StandardCharsets.UTF_8);
    if (pair.endsWith(":right")) {
      return Answer.json(200, "{}");
    }
    wrong.incrementAndGet();
    return Answer.json(401, "{}");
  }

  private static String known(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
  }

  /// The last value of that name, as many parsers read it.
  private static String said(Incoming request, Pattern json, String name) {
    String text = request.text();
    String value = "";
    for (Matcher found = json.matcher(text); found.find(); ) {
      value = found.group(1);
    }
    for (String pair : text.startsWith("{") ? new String[0] : text.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        value = URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    return value;
  }

  @Override
  public void close() {
    server.close();
  }
}
