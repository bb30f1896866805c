package dev.gatewarden.platform.probing;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.RequestBody;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Errand;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Scene;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The one way out: sends drafts to the API that may be attacked, and what is beside its contract
/// to
/// hosts that may be called; never faster than agreed, never more than agreed, never anywhere else.
/// Redirects are answers, not invitations.
public final class Wire implements Courier, AutoCloseable {
  private static final int MOST_BYTES = 8 << 20;

  /// Requests in a row that may end without an answer before nobody is waited for any more.
  private static final int PATIENCE = 8;

  /// The same for requests that fail at once: nobody listens, or what listens speaks no HTTP.
  private static final int DEAF = 24;

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
  /// What is shorter or longer is no token, whatever a service calls it.
  private static final int TELLING = 16;

  private static final int LONGEST = 16_384;
  private static final String CODE = "code=";
  private static final List<String> TOKENS = List.of("access_token", "refresh_token", "id_token");

  private final Target target;
  private final Secrets secrets;
  private final HttpClient client;
  private final List<@Nullable Attempt> attempts = new ArrayList<>();
  private final AtomicInteger late = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  /// Requests that were sent once more.
  private final AtomicInteger repeated = new AtomicInteger();
  private Progress progress = Progress.NONE;
  private String probe = "";
  private int beside;
  private long next = System.nanoTime();

  private Wire(Target target, Secrets secrets) {
    this.target = target;
    this.secrets = secrets;
    this.client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  /// The wire of a run.
  public static Wire to(Target target) {
    return new Wire(target, new Secrets());
  }

  /// The wire of another run, which keeps the same secrets.
  public Wire beside(Target other) {
    return new Wire(other, secrets);
  }

  Target target() {
    return target;
  }

  @Override
  public void hide(String secret) {
    secrets.add(secret);
  }

  /// Keeps somebody's credentials out of everything that is written down.
  public void hide(Identity identity) {
    secrets.add(identity);
  }

  /// Tells of each request from now on.
  void telling(Progress to) {
    progress = to;
  }

  /// From now on attempts are those of this probe.
  public void of(String id) {
    probe = id;
  }

  public List<Attempt> attempts() {
    return attempts.stream().filter(Objects::nonNull).toList();
  }

  int left() {
    return target.most() + beside - attempts.size() - repeated.get();
  }

  /// Grants requests beside those that were agreed to for attacking.
  void grant(int more) {
    beside = Math.max(0, attempts.size() - target.most()) + more;
  }

  /// Why nothing more is sent.
  public String spent() {
    return !isSilent()
        ? "the " + target.most() + " requests that were agreed to are spent"
        : late.get() >= PATIENCE
            ? PATIENCE
                + " requests in a row were not answered within "
                + target.patience().toSeconds()
                + " seconds"
            : DEAF + " requests in a row were not answered";
  }

  private boolean isSilent() {
    return late.get() >= PATIENCE || failed.get() >= DEAF;
  }

  /// @throws Scene.Spent when no request is left, or nobody answers any more
  public Answer send(Draft draft) {
    ready();
    return once(draft);
  }

  /// Sends a draft by other means than HTTP/1.1.
  ///
  /// @throws Scene.Spent when no request is left, or nobody answers any more
  public Answer send(Draft draft, Carrier carrier) {
    ready();
    return once(sending(draft), carrier);
  }

  @Override
  public Answer send(Errand errand) {
    ready();
    StringBuilder url = new StringBuilder(errand.address());
    return once(
        new Sending(
            errand.what(),
            errand.as(),
            errand.method(),
            url,
            errand.address(),
            errand.headers(),
            errand.body().getBytes(StandardCharsets.UTF_8),
            errand.shown().getBytes(StandardCharsets.UTF_8)),
        this::answered);
  }

  private void ready() {
    if (left() <= 0 || isSilent()) {
      throw new Scene.Spent();
    }
    pace();
  }

  private Answer once(Draft draft) {
    return once(sending(draft), this::answered);
  }

  private Sending sending(Draft draft) {
    List<Draft.Pair> headers = new ArrayList<>(draft.headers());
    byte[] body = body(formed(draft), headers);
    StringBuilder url = new StringBuilder(target.root()).append(draft.target());
    return new Sending(
        draft.operation().id().name(),
        draft.as(),
        draft.method(),
        url,
        url.toString(),
        headers,
        body,
        body);
  }

  /// A request as it goes out, and as it is written down.
  private record Sending(
      String operation,
      Identity as,
      String method,
      StringBuilder url,
      String shown,
      List<Draft.Pair> headers,
      byte[] body,
      byte[] shownBody) {}

  private Answer once(Sending sending, Carrier carrier) {
    HttpRequest.Builder request = HttpRequest.newBuilder();
    int number = reserve();
    Answer answer;
    try {
      for (Draft.Pair each : sending.headers()) {
        request.header(each.name(), each.value());
      }
      credentials(sending.as(), request, sending.url());
      URI address = URI.create(sending.url().toString());
      if (!target.permits(address)) {
        throw new IOException("`" + Target.authority(address) + "` is not to be called");
      }
      request.uri(address).timeout(target.patience());
      request.method(
          sending.method(),
          sending.body().length == 0
              ? HttpRequest.BodyPublishers.noBody()
              : HttpRequest.BodyPublishers.ofByteArray(sending.body()));
      answer = carrier.carry(number, request.build(), sending.body());
    } catch (IOException | IllegalArgumentException failed) {
      answer = Answer.of(number, 0, List.of(), new byte[0]);
    }
    learn(answer);
    noted(
        new Attempt(
            number,
            probe,
            sending.operation(),
            sending.as().name(),
            sending.method(),
            secrets.hidden(sending.shown()),
            sending.headers().stream()
                .map(each -> new Draft.Pair(each.name(), secrets.hidden(each.value())))
                .toList(),
            secrets.hidden(sending.shownBody()),
            answer.status(),
            GateRefusal.of(answer)));
    return answer;
  }

  /// Tokens and codes that were given are secrets from now on.
  private void learn(Answer answer) {
    if (answer.ok() && answer.json() instanceof Obj given) {
      for (String each : TOKENS) {
        String token = Json.scalar(given.get(each));
        if (token != null && token.length() >= TELLING && token.length() <= LONGEST) {
          secrets.add(token);
        }
      }
    }
    String location = answer.header("location");
    if (location != null) {
      for (String pair : location.split("[?&#]", -1)) {
        int length = pair.length() - CODE.length();
        if (pair.startsWith(CODE) && length >= TELLING && length <= LONGEST) {
          secrets.add(pair.substring(CODE.length()));
        }
      }
    }
  }

  private synchronized int reserve() {
    attempts.add(null);
    return attempts.size();
  }

  private synchronized void noted(Attempt attempt) {
    attempts.set(attempt.number() - 1, attempt);
    progress.sent(attempts.size(), target.most());
  }

  /// Sends requests at the same moment, each on a connection of its own.
  ///
  /// @return none where so many at once would be faster than agreed
  /// @throws Scene.Spent when not as many are left
  List<Answer> together(List<Draft> drafts) {
    if (left() < drafts.size() || isSilent()) {
      throw new Scene.Spent();
    }
    if (target.perSecond() < drafts.size()) {
      return List.of();
    }
    pace();
    for (int i = 1; i < drafts.size(); i++) {
      slot();
    }
    List<Answer> answers = new ArrayList<>();
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Answer>> waiting = new ArrayList<>();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Draft draft : drafts) {
        waiting.add(
            pool.submit(
                () -> {
                  start.await();
                  return once(draft);
                }));
      }
      start.countDown();
      for (Future<Answer> each : waiting) {
        answers.add(each.get());
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new Scene.Spent();
    } catch (ExecutionException failed) {
      throw new GatewardenBug("a request of several failed", failed);
    }
    return answers;
  }

  private Answer answered(int number, HttpRequest request, byte[] body) throws IOException {
    try {
      HttpResponse<byte[]> response = received(request);
      List<Draft.Pair> headers = new ArrayList<>();
      response
          .headers()
          .map()
          .forEach((name, values) -> values.forEach(v -> headers.add(new Draft.Pair(name, v))));
      return Answer.of(number, response.statusCode(), headers, response.body());
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new Scene.Spent();
    }
  }

  /// The whole answer; asked for once more where a connection that was kept open was closed before
  /// a
  /// byte of it came, as services do that have just failed.
  private HttpResponse<byte[]> received(HttpRequest request)
      throws IOException, InterruptedException {
    try {
      return once(request);
    } catch (IOException broken) {
      String why = broken.getCause() == null ? null : broken.getCause().getMessage();
      boolean closed =
          why != null
              && (why.contains("received no bytes")
                  || why.contains("Connection reset")
                  || why.contains("EOF reached"));
      if (!closed || left() <= 0) {
        throw broken;
      }
      repeated.incrementAndGet();
      pace();
      return once(request);
    }
  }

  /// The whole answer, in the time that was agreed to; one that does not end is none.
  private HttpResponse<byte[]> once(HttpRequest request) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> coming =
        client.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), MOST_BYTES));
    try {
      HttpResponse<byte[]> whole = coming.get(target.patience().toMillis(), TimeUnit.MILLISECONDS);
      late.set(0);
      failed.set(0);
      return whole;
    } catch (TimeoutException endless) {
      failed.incrementAndGet();
      coming.cancel(true);
      late.incrementAndGet();
      throw new IOException("it did not end in time", endless);
    } catch (ExecutionException broken) {
      failed.incrementAndGet();
      if (broken.getCause() instanceof HttpTimeoutException) {
        late.incrementAndGet();
      }
      throw new IOException("it was not answered", broken.getCause());
    }
  }

  private static void credentials(Identity as, HttpRequest.Builder request, StringBuilder url) {
    StringBuilder cookies = new StringBuilder();
    for (Identity.Presented each : as.presents()) {
      switch (each.where()) {
        case HEADER -> request.header(each.name(), each.prefix() + each.secret());
        case QUERY ->
            url.append(url.indexOf("?") < 0 ? '?' : '&')
                .append(Draft.encoded(each.name()))
                .append('=')
                .append(Draft.encoded(each.secret()));
        case COOKIE ->
            cookies
                .append(cookies.isEmpty() ? "" : "; ")
                .append(each.name())
                .append('=')
                .append(each.secret());
        case BODY -> {} // stands in the body
      }
    }
    if (!cookies.isEmpty()) {
      request.header("Cookie", cookies.toString());
    }
  }

  /// With the tokens of the sender's forms in it.
  private static Draft formed(Draft draft) {
    Draft here = draft;
    boolean takes =
        draft.written() == null
            && draft.bytes() == null
            && (draft.body() instanceof Obj
                || (draft.body() == null && draft.operation().body() != null));
    for (Identity.Presented each : takes ? draft.as().presents() : List.<Identity.Presented>of()) {
      if (each.where() == Identity.Where.BODY && !SAFE.contains(draft.method())) {
        here = here.member(List.of(each.name()), Json.of(each.secret()));
      }
    }
    return here;
  }

  private static byte[] body(Draft draft, List<Draft.Pair> headers) {
    Node body = draft.body();
    String written = draft.written();
    boolean typed = headers.stream().anyMatch(each -> each.name().equalsIgnoreCase("content-type"));
    byte[] bytes = draft.bytes();
    if (bytes != null) {
      if (!typed && !draft.mediaType().isEmpty()) {
        headers.add(new Draft.Pair("Content-Type", draft.mediaType()));
      }
      return bytes;
    }
    if (body == null && written == null) {
      return new byte[0];
    }
    String type = draft.mediaType().isEmpty() ? "application/json" : draft.mediaType();
    String text;
    if (written != null || body == null) {
      text = written == null ? "" : written;
    } else if (type.equals("application/x-www-form-urlencoded") && body instanceof Obj form) {
      text = Forms.encoded(form);
    } else if (type.startsWith("multipart/") && body instanceof Obj form) {
      text = Forms.parts(form);
      type = type + "; boundary=" + Forms.BOUNDARY;
    } else if (type.endsWith("xml")) {
      text = marked(draft, type, body);
    } else {
      String plain = type.startsWith("text/") ? Json.scalar(body) : null;
      text = plain == null ? Json.text(body) : plain;
    }
    if (!typed) {
      headers.add(new Draft.Pair("Content-Type", type));
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String marked(Draft draft, String type, Node body) {
    RequestBody declared = draft.operation().body();
    Content.MediaType media = declared == null ? null : declared.content().of(type);
    SchemaSource source = media == null ? null : media.schema();
    byte[] bytes =
        source == null
            ? Markup.of((_, _) -> Json.EMPTY, Json.EMPTY, body)
            : Markup.of((schema, _) -> Samples.flat(source, schema), source.schema(), body);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private void pace() {
    long until = slot();
    long wait = until - System.nanoTime();
    while (wait > 0) {
      LockSupport.parkNanos(wait);
      wait = until - System.nanoTime();
    }
  }

  /// The moment of the next request; nobody else has the same.
  private synchronized long slot() {
    long gap = TimeUnit.SECONDS.toNanos(1) / target.perSecond();
    long mine = Math.max(next, System.nanoTime());
    next = mine + gap;
    return mine;
  }

  @Override
  public void close() {
    // what did not end in time is not waited for
    client.shutdownNow();
  }
}
