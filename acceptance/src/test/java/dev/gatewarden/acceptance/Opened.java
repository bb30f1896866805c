package dev.gatewarden.acceptance;

import dev.gatewarden.app.configuration.ConfigurationReader;
import dev.gatewarden.app.configuration.TunableGuards;
import dev.gatewarden.app.serving.Gatewarden;
import dev.gatewarden.app.serving.Options;
import dev.gatewarden.testkit.WithoutControl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A gate in this process, over a folder with its configuration; it leaves out the control that a
/// run without it names.
///
///     Signed corp = Signed.of("corp");
///     String text = Opened.before(service.uri(), corp, "tenancy: token", "");
///     try (Opened gate = Opened.gate(folder, text, CONTRACT)) {
///       assertThat(gate.status("GET", "/orders/1", corp.token("alice", "north"))).isEqualTo(404);
///     }
///
/// Its ports are free ones. The configuration says `admin: {port: 0}`; once the gate listens, the
/// file names the port that it took, so that the command line finds it.
public final class Opened implements AutoCloseable {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String ANY_PORT = "admin: {port: 0";

  private final Path folder;
  private final Options options;
  private final ByteArrayOutputStream decisions;
  private Gatewarden gate;

  private Opened(Path folder, Options options, ByteArrayOutputStream decisions) throws IOException {
    this.folder = folder;
    this.options = options;
    this.decisions = decisions;
    this.gate = open();
  }

  /// A configuration with the API `api` at `/`, whose contract `contract.yaml` wants what its
  /// scheme
  /// `token` promises.
  ///
  /// @param corp who signs tokens; the configuration calls it `corp`
  /// @param api what stands below the API besides, `tenancy` above all, in YAML
  /// @param more further top-level keys
  public static String before(URI service, Signed corp, String api, String more) {
    return """
    gatewarden: 1
    listen: {public: {port: 0}, admin: {port: 0}}
    issuers:
      corp: %s
    apis:
      api:
        contract: contract.yaml
        at: {path: /}
        upstream: {to: ['%s'], identity: none}
        security: {token: corp}
    %sdecisions: stdout
    %s
    """
        .formatted(corp.section(""), service, api.indent(4), more);
  }

  /// Writes `gatewarden.yaml`, `contract.yaml` and the keys of `Signed`, and opens a gate over
  /// them.
  ///
  /// @param folder made where there is none
  public static Opened gate(Path folder, String configuration, String contract) throws IOException {
    write(folder, configuration, contract);
    return over(folder);
  }

  /// Writes the files alone, for the command line.
  public static Path write(Path folder, String configuration, String contract) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("gatewarden.yaml"), configuration);
    Files.writeString(folder.resolve("contract.yaml"), contract);
    Signed.of("any").publish(folder);
    return folder;
  }

  /// Opens a gate over files that are written already.
  public static Opened over(Path folder) throws IOException {
    return over(folder, options -> options);
  }

  /// The same with options of one's own, a clock or an environment.
  public static Opened over(Path folder, UnaryOperator<Options> as) throws IOException {
    ByteArrayOutputStream decisions = new ByteArrayOutputStream();
    String without = WithoutControl.named();
    Options plain =
        Options.plain()
            .withoutControl(without.isEmpty() ? Set.of() : Set.of(without))
            .telling(decisions, _ -> {});
    return new Opened(folder, as.apply(plain), decisions);
  }

  private Gatewarden open() throws IOException {
    Path file = folder.resolve("gatewarden.yaml");
    Gatewarden opened =
        Gatewarden.start(
            new ConfigurationReader(TunableGuards.all())
                .read(file, LocalDate.ofInstant(options.clock().instant(), ZoneOffset.UTC)),
            options);
    String text = Files.readString(file);
    if (text.contains(ANY_PORT)) {
      Files.writeString(file, text.replace(ANY_PORT, taken(opened)));
    }
    return opened;
  }

  private static String taken(Gatewarden opened) {
    return "admin: {port: " + opened.adminPort();
  }

  /// Stops the gate and starts it again over what it kept, and over what its files say by now.
  public void restart() throws IOException {
    Path file = folder.resolve("gatewarden.yaml");
    Files.writeString(file, Files.readString(file).replace(taken(gate), ANY_PORT));
    gate.close();
    gate = open();
  }

  public Path folder() {
    return folder;
  }

  /// Where callers reach it.
  public URI uri() {
    return URI.create("http://127.0.0.1:" + gate.port());
  }

  /// Where operators reach it.
  public URI admin() {
    return URI.create("http://127.0.0.1:" + gate.adminPort());
  }

  /// Where services ask what callers may do.
  public URI questions() {
    return URI.create("http://127.0.0.1:" + gate.decisionsPort());
  }

  public int port() {
    return gate.port();
  }

  public int adminPort() {
    return gate.adminPort();
  }

  /// A connection, on which a test may say what no client would.
  public Socket socket() throws IOException {
    Socket socket = new Socket("127.0.0.1", gate.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /// What a caller is told.
  ///
  /// @param token what proves the caller; empty for nothing
  /// @param body empty for none; JSON unless a header says otherwise
  /// @param headers names and values in turn
  public HttpResponse<String> send(
      String method, String path, String token, String body, String... headers)
      throws IOException, InterruptedException {
    return send(uri(), method, path, token, body, headers);
  }

  /// The same of a gate elsewhere.
  public static HttpResponse<String> send(
      URI gate, String method, String path, String token, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = to(gate.resolve(path));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (!body.isEmpty() && Arrays.stream(headers).noneMatch("Content-Type"::equalsIgnoreCase)) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(
        request.method(
            method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
  }

  public HttpResponse<String> get(String path, String token)
      throws IOException, InterruptedException {
    return send("GET", path, token, "");
  }

  public int status(String method, String path, String token)
      throws IOException, InterruptedException {
    return send(method, path, token, "").statusCode();
  }

  /// A request to an address, which waits for its answer for half a minute at most.
  public static HttpRequest.Builder to(URI address) {
    return HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30));
  }

  public static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /// What an operator reads on the admin port.
  public HttpResponse<String> admin(String path) throws IOException, InterruptedException {
    return send(asOperator(path));
  }

  /// What an operator posts to the admin port.
  public HttpResponse<String> admin(String path, String json, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = asOperator(path).POST(BodyPublishers.ofString(json));
    request.header("Content-Type", "application/json");
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return send(request);
  }

  /// A request to the admin port, with the token that the gate made for operators where it made
  /// one.
  public HttpRequest.Builder asOperator(String path) throws IOException {
    HttpRequest.Builder request = to(admin().resolve(path));
    Path file = folder.resolve(".gatewarden/admin.token");
    if (Files.exists(file)) {
      request.header("Authorization", "Bearer " + Files.readString(file).strip());
    }
    return request;
  }

  /// The decision lines so far; all of them once the gate is closed.
  public String decisions() {
    return decisions.toString(StandardCharsets.UTF_8);
  }

  /// Stops the gate, and gives each decision line that it wrote.
  public List<String> lines() {
    gate.close();
    return decisions().lines().toList();
  }

  @Override
  public void close() {
    gate.close();
  }

  /// Deletes a folder with all that lies in it, for tests whose folder is none of JUnit's.
  public static void delete(Path folder) throws IOException {
    try (Stream<Path> left = Files.walk(folder)) {
      for (Path each : left.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
