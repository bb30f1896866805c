package dev.gatewarden.acceptance;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A gate in front of a contract of a test's own, where everybody may call everything.
public final class OwnGate implements AutoCloseable {
  private final Path folder;
  private final Opened gate;

  private OwnGate(Path folder) throws IOException {
    this.folder = folder;
    this.gate = Opened.over(folder);
  }

  /// Starts one.
  ///
  /// @param paths the contract below `paths`, in YAML
  /// @param tuning what stands below the API besides, and further top-level keys
  public static OwnGate start(URI service, String paths, String tuning, String more)
      throws IOException {
    return start(service, paths, "", tuning, more);
  }

  /// Starts one whose contract says more.
  ///
  /// @param beside what stands beside `paths`, in YAML
  public static OwnGate start(URI service, String paths, String beside, String tuning, String more)
      throws IOException {
    return start(service, "none", paths, beside, tuning, more);
  }

  /// Starts one whose service learns of the caller what `identity` says.
  public static OwnGate start(
      URI service, String identity, String paths, String beside, String tuning, String more)
      throws IOException {
    Path folder = Files.createTempDirectory("gatewarden-own");
    Files.writeString(
        folder.resolve("own.yaml"),
        "openapi: 3.1.0\ninfo: {title: Own, version: 1.0.0}\nsecurity: []\n"
            + "servers: [{url: /}]\npaths:\n"
            + paths.indent(2)
            + beside);
    Files.writeString(
        folder.resolve("gatewarden.yaml"),
        "gatewarden: 1\nlisten:\n  public: {port: 0}\n  admin: {port: 0}\n"
            + "apis:\n  own:\n    contract: own.yaml\n    at: {path: /}\n"
            + "    upstream: {to: ['"
            + service
            + "'], identity: "
            + identity
            + "}\n    tenancy: single\n"
            + tuning.indent(4)
            + "decisions: stdout\n"
            + more);
    return new OwnGate(folder);
  }

  /// Stops the gate and starts it again over what it kept.
  public void restart() throws IOException {
    gate.restart();
  }

  /// Puts in force what its files say by now.
  public void reload() throws IOException, InterruptedException {
    HttpResponse<String> told = gate.admin("/reload", "{}");
    if (told.statusCode() != 200) {
      throw new IOException(told.body());
    }
  }

  public URI uri() {
    return gate.uri();
  }

  /// Where its configuration stands.
  public Path folder() {
    return folder;
  }

  /// What an operator reads on the admin port.
  public String admin(String path) throws IOException, InterruptedException {
    return gate.admin(path).body();
  }

  public URI admin() {
    return gate.admin();
  }

  /// The decision lines so far; complete once the gate is closed.
  public String decisions() {
    return gate.decisions();
  }

  /// A connection that is kept for one request after another.
  public Line line() throws IOException {
    return new Line(new Socket("127.0.0.1", gate.port()));
  }

  /// Stops the gate, so that every decision is written.
  public void stop() {
    gate.close();
  }

  @Override
  public void close() throws IOException {
    gate.close();
    Opened.delete(folder);
  }

  /// What came back.
  public record Told(int status, String head, String body) {}

  /// One connection; where the gate closes it, the next request opens another.
  public final class Line implements AutoCloseable {
    private Socket socket;
    private InputStream in;

    private Line(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
    }

    /// Sends a request with a body in UTF-8; the head is sent as Latin-1.
    ///
    /// @param head request line and fields, each ended by CR LF; `Host` is added
    public Told send(String head, byte[] body) throws IOException {
      int begins = head.indexOf("\r\n") + 2;
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.write(head.substring(0, begins).getBytes(StandardCharsets.ISO_8859_1));
      all.write("Host: own.example\r\n".getBytes(StandardCharsets.ISO_8859_1));
      all.write(head.substring(begins).getBytes(StandardCharsets.ISO_8859_1));
      if (body.length > 0) {
        all.write(
            ("Content-Length: " + body.length + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      }
      all.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
      all.write(body);
      try {
        return exchange(all.toByteArray());
      } catch (IOException hungUp) {
        socket.close();
        socket = new Socket("127.0.0.1", gate.port());
        in = new BufferedInputStream(socket.getInputStream());
        return exchange(all.toByteArray());
      }
    }

    public Told get(String target, String... fields) throws IOException {
      return send("GET " + target + " HTTP/1.1\r\n" + lines(fields), new byte[0]);
    }

    public Told post(String target, String json, String... fields) throws IOException {
      return send(
          "POST " + target + " HTTP/1.1\r\nContent-Type: application/json\r\n" + lines(fields),
          json.getBytes(StandardCharsets.UTF_8));
    }

    private String lines(String... fields) {
      return fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
    }

    private Told exchange(byte[] request) throws IOException {
      socket.setSoTimeout(20_000);
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      out.write(request);
      out.flush();
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int b = in.read();
        if (b < 0) {
          throw new IOException("the gate hung up");
        }
        head.append((char) b);
      }
      int status = Integer.parseInt(head.substring(9, 12));
      String lower = head.toString().toLowerCase(java.util.Locale.ROOT);
      int at = lower.indexOf("content-length: ");
      String body = "";
      if (at >= 0) {
        int length = Integer.parseInt(lower.substring(at + 16, lower.indexOf("\r\n", at)).strip());
        body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
      }
      if (lower.contains("connection: close")) {
        socket.close();
        socket = new Socket("127.0.0.1", gate.port());
        in = new BufferedInputStream(socket.getInputStream());
      }
      return new Told(status, head.toString(), body);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
