package dev.gatewarden.acceptance.shell;

import dev.gatewarden.acceptance.OwnGate;
import dev.gatewarden.acceptance.RawEcho;
import dev.gatewarden.testkit.wire.H2Line;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A gate with narrow bounds, in front of a service that keeps what reached it and answers `/hold`
/// only once it is let.
///
///     try (Siege siege = Siege.within("{head-time: 1s}")) {
///       Socket slow = siege.attacker(1);
///       …
///       assertThat(siege.honest()).isEqualTo(200);
///     }
final class Siege implements AutoCloseable {
  static final String HOST = "own.example";
  static final int BIG = 8 << 20;

  private static final String PATHS =
      """
      /:
        get: {operationId: root, x-gatewarden-object: {none: test}, ANSWER}
        head: {operationId: rootHead, x-gatewarden-object: {none: test}, ANSWER}
        post: {operationId: rootPost, x-gatewarden-object: {none: test}, ANY, ANSWER}
      /small:
        get: {operationId: small, x-gatewarden-object: {none: test}, ANSWER}
        post: {operationId: write, x-gatewarden-object: {none: test}, BODY, ANSWER}
      /stream:
        post: {operationId: stream, x-gatewarden-object: {none: test}, STREAM, TEXT}
      /big:
        get: {operationId: big, x-gatewarden-object: {none: test}, TEXT}
      /hold:
        get: {operationId: hold, x-gatewarden-object: {none: test}, x-gatewarden-priority: critical, ANSWER}
        post: {operationId: keep, x-gatewarden-object: {none: test}, x-gatewarden-priority: critical, BODY, ANSWER}
      /search:
        post: {operationId: search, x-gatewarden-object: {none: test}, x-gatewarden-priority: low, BODY, ANSWER}
      /pay:
        get: {operationId: pay, x-gatewarden-object: {none: test}, x-gatewarden-priority: high, ANSWER}
      /health:
        get: {operationId: health, x-gatewarden-object: {none: test}, x-gatewarden-priority: critical, ANSWER}
      """
          .replace(
              "ANSWER",
              "responses: {'200': {description: it, content: {application/json: {schema: {}}}}}")
          .replace("TEXT", "responses: {'200': {description: it, content: {text/plain: {}}}}")
          .replace("BODY", "requestBody: {content: {application/json: {schema: {}}}}")
          .replace("ANY", "requestBody: {content: {'*/*': {schema: {}}}}")
          .replace("STREAM", "requestBody: {content: {text/plain: {}}}");

  private static final byte[] SMALL =
      ascii("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}");
  private static final byte[] LARGE = large();

  private final CountDownLatch let = new CountDownLatch(1);
  private final RawEcho service;
  private final OwnGate gate;

  private Siege(String limits) throws IOException {
    service = RawEcho.answering(this::answer);
    gate = OwnGate.start(service.uri(), PATHS, "", "limits: " + limits + "\n");
  }

  /// @param limits the section of the configuration
  static Siege within(String limits) throws IOException {
    return new Siege(limits);
  }

  /// The same behind proxies.
  ///
  /// @param proxies the network they are in
  static Siege trusting(String limits, String proxies) throws IOException {
    Siege siege = new Siege(limits);
    Path file = siege.gate.folder().resolve("gatewarden.yaml");
    String text = Files.readString(file);
    Files.writeString(file, text.replace("listen:\n", "listen:\n  trust: ['" + proxies + "']\n"));
    siege.gate.restart();
    return siege;
  }

  private byte[] answer(RawEcho.Arrived request) {
    return switch (request.target()) {
      case "/big" -> LARGE;
      case "/hold" -> {
        try {
          let.await();
        } catch (InterruptedException stopped) {
          Thread.currentThread().interrupt();
        }
        yield SMALL;
      }
      default -> SMALL;
    };
  }

  private static byte[] large() {
    byte[] head =
        ascii("HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: " + BIG + "\r\n\r\n");
    byte[] all = java.util.Arrays.copyOf(head, head.length + BIG);
    java.util.Arrays.fill(all, head.length, all.length, (byte) 'a');
    return all;
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /// What waits at the service is answered from now on.
  void let() {
    let.countDown();
  }

  /// Requests that reached the service.
  int served() {
    return service.count();
  }

  OwnGate gate() {
    return gate;
  }

  /// A connection from a network of its own.
  ///
  /// @param network from 1 to 255; honest callers come from 0
  Socket attacker(int network) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(8192);
    socket.bind(
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 1, (byte) network, 1}), 0));
    socket.connect(new InetSocketAddress("127.0.0.1", gate.uri().getPort()));
    socket.setSoTimeout(20_000);
    return socket;
  }

  /// One that begins to speak HTTP/2.
  ///
  /// @param settings what it says of itself, six bytes each
  H2Line attackerH2(int network, byte[] settings) throws IOException {
    return new H2Line(attacker(network), settings);
  }

  static void say(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(ascii(text));
    out.flush();
  }

  /// Everything that comes until the other side closes.
  static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /// The status that an honest caller gets who reads something.
  int honest() {
    return status("/small");
  }

  /// 0 where the gate hung up.
  int status(String path) {
    try (OwnGate.Line line = gate.line()) {
      return line.get(path).status();
    } catch (IOException hungUp) {
      return 0;
    }
  }

  /// The status that an honest caller gets who writes something.
  int honestWriter() {
    try (OwnGate.Line line = gate.line()) {
      return line.post("/small", "{\"a\":1}").status();
    } catch (IOException hungUp) {
      return 0;
    }
  }

  /// How often the gate ended something for a reason.
  long ended(String why) throws IOException, InterruptedException {
    return (long) metric("gatewarden_ended_total{why=\"" + why + "\"}");
  }

  double metric(String name) throws IOException, InterruptedException {
    Matcher found =
        Pattern.compile("^" + Pattern.quote(name) + " (\\S+)$", Pattern.MULTILINE)
            .matcher(gate.admin("/metrics"));
    return found.find() ? Double.parseDouble(found.group(1)) : -1;
  }

  @Override
  public void close() throws IOException {
    let();
    gate.close();
    service.close();
  }
}
