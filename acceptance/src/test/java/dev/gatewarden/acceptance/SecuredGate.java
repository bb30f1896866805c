package dev.gatewarden.acceptance;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;

/// A gate of a test's own, spoken to byte by byte, over TLS as the test wants it.
final class SecuredGate implements AutoCloseable {
  private final Opened gate;

  private SecuredGate(Opened gate) {
    this.gate = gate;
  }

  /// Starts one with `gatewarden.yaml` and the contract `own.yaml` written into a folder.
  ///
  /// @param schemes the contract below `securitySchemes`, in one line
  /// @param configuration what the file says behind its first line
  static SecuredGate start(Path folder, String schemes, String security, String configuration)
      throws IOException {
    Files.writeString(
        folder.resolve("own.yaml"),
        """
        openapi: 3.1.0
        info: {title: Own, version: 1.0.0}
        servers: [{url: /}]
        components: {securitySchemes: %s}
        security: %s
        paths:
          /things:
            get:
              operationId: list
              x-gatewarden-object: {none: things of nobody}
              responses: {'200': {description: fine}, '101': {description: talking}}
            post:
              operationId: make
              x-gatewarden-object: {none: things of nobody}
              responses: {'200': {description: fine}}
        """
            .formatted(schemes, security));
    Files.writeString(
        folder.resolve("gatewarden.yaml"),
        "gatewarden: 1\n" + configuration + "decisions: stdout\nstore: none\n");
    return new SecuredGate(Opened.over(folder));
  }

  /// Stops the gate and starts it again over what it kept.
  void restart() throws IOException {
    gate.restart();
  }

  int port() {
    return gate.port();
  }

  /// The decision lines, once the gate is closed.
  String decisions() {
    gate.close();
    return gate.decisions();
  }

  String metrics() throws IOException, InterruptedException {
    return gate.admin("/metrics").body();
  }

  /// A plain connection.
  Line plain() throws IOException {
    return new Line(new Socket("127.0.0.1", gate.port()));
  }

  /// A connection over TLS that names a host in its handshake.
  Line to(String host, SSLContext as) throws IOException {
    return new Line(socket(host, as, "TLSv1.3", "http/1.1"));
  }

  /// The same with a version of TLS and a protocol of one's own, its handshake done.
  SSLSocket socket(String host, SSLContext as, String version, String protocol) throws IOException {
    forgetSessions(as);
    SSLSocket socket = (SSLSocket) as.getSocketFactory().createSocket();
    socket.connect(new java.net.InetSocketAddress("127.0.0.1", gate.port()), 10_000);
    socket.setSoTimeout(20_000);
    socket.setEnabledProtocols(new String[] {version});
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setServerNames(host.isEmpty() ? List.of() : List.of(new SNIHostName(host)));
    parameters.setApplicationProtocols(new String[] {protocol});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /// A session that Java resumes names the host it was made for, whatever it is told.
  private static void forgetSessions(SSLContext as) {
    SSLSessionContext sessions = as.getClientSessionContext();
    for (byte[] id : Collections.list(sessions.getIds())) {
      SSLSession session = sessions.getSession(id);
      if (session != null) {
        session.invalidate();
      }
    }
  }

  /// Asks until an answer is as wanted, for at most half a minute: what happens beside requests
  /// takes a moment.
  static <T> T eventually(Callable<T> asked, java.util.function.Predicate<T> wanted)
      throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    T answer = asked.call();
    while (!wanted.test(answer) && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      answer = asked.call();
    }
    return answer;
  }

  @Override
  public void close() {
    gate.close();
  }

  /// What came back.
  record Told(int status, String head) {
    String header(String name) {
      String lower = head.toLowerCase(Locale.ROOT);
      int at = lower.indexOf("\r\n" + name + ": ");
      return at < 0 ? "" : head.substring(at + name.length() + 4, head.indexOf("\r\n", at + 2));
    }
  }

  /// One connection that speaks HTTP/1.1.
  static final class Line implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    Line(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
    }

    /// Asks for `/things`.
    Told get(String host, String... fields) throws IOException {
      return send("GET", host, "/things", fields);
    }

    Told send(String method, String host, String target, String... fields) throws IOException {
      String head =
          method
              + " "
              + target
              + " HTTP/1.1\r\nHost: "
              + host
              + "\r\n"
              + (method.equals("POST") ? "Content-Length: 0\r\n" : "")
              + (fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n")
              + "\r\n";
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return told();
    }

    private Told told() throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int b = in.read();
        if (b < 0) {
          throw new IOException("the gate hung up");
        }
        head.append((char) b);
      }
      Told told = new Told(Integer.parseInt(head.substring(9, 12)), head.toString());
      String length = told.header("content-length");
      if (!length.isEmpty()) {
        in.readNBytes(Integer.parseInt(length));
      }
      return told;
    }

    /// Whether the gate has closed it; waits for that.
    boolean closed() throws IOException {
      while (in.read() >= 0) {
        continue;
      }
      return true;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
