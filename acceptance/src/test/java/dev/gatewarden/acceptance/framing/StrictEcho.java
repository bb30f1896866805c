package dev.gatewarden.acceptance.framing;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;

/// A service that reads HTTP/1.1 to the letter (RFC 9112), counts each request, and tells in its
/// answer which one it was. What is not to the letter is written down as a fault.
final class StrictEcho implements Upstream {
  private static final Pattern REQUEST =
      Pattern.compile("([A-Z]{1,20}) (/[\\x21-\\x7e&&[^#]]*|\\*) HTTP/1\\.1");
  private static final Pattern FIELD =
      Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+:[ \\t]*[\\x21-\\x7e\\x80-\\xff \\t]*");
  private static final Pattern LENGTH = Pattern.compile("0|[1-9][0-9]{0,9}");
  private static final Pattern SIZE = Pattern.compile("[0-9a-f]{1,8}");

  private final ServerSocket server;
  private final ConcurrentLinkedQueue<Socket> open = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Arrival> arrived = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();

  private static final class Fault extends IOException {
    private static final long serialVersionUID = 1L;

    Fault(String what) {
      super(what);
    }
  }

  private StrictEcho() throws IOException {
    server = new ServerSocket(0, 500, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    Thread.ofVirtual().start(this::accept);
  }

  static StrictEcho start() throws IOException {
    return new StrictEcho();
  }

  @Override
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  @Override
  public String protocol() {
    return "http1";
  }

  @Override
  public List<Arrival> arrived() {
    return List.copyOf(arrived);
  }

  @Override
  public List<String> faults() {
    return List.copyOf(faults);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      return;
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (int first = in.read(); first >= 0; first = in.read()) {
        Arrival one = request((char) first + line(in), in);
        arrived.add(one);
        if (!one.whole()) {
          return;
        }
        byte[] body = Upstream.told(one).getBytes(StandardCharsets.ISO_8859_1);
        String head =
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
                + body.length
                + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
        if (!one.method().equals("HEAD")) {
          socket.getOutputStream().write(body);
        }
        socket.getOutputStream().flush();
      }
    } catch (Fault fault) {
      faults.add(String.valueOf(fault.getMessage()));
    } catch (IOException gone) {
      return;
    }
  }

  private Arrival request(String line, InputStream in) throws IOException {
    var first = REQUEST.matcher(line);
    if (!first.matches()) {
      throw new Fault("no request: " + line);
    }
    List<String> lines = new ArrayList<>();
    for (String field = line(in); !field.isEmpty(); field = line(in)) {
      if (!FIELD.matcher(field).matches()) {
        throw new Fault("no field: " + field);
      }
      lines.add(field);
    }
    Arrival head = new Arrival(first.group(1), first.group(2), lines, "", false);
    if (head.field("host").isEmpty() || head.field("host").equals("twice")) {
      throw new Fault("not one host: " + head);
    }
    StringBuilder body = new StringBuilder();
    boolean whole = true;
    try {
      body(head, in, body);
    } catch (EOFException broken) {
      whole = false;
    }
    return new Arrival(head.method(), head.target(), lines, body.toString(), whole);
  }

  private static void body(Arrival head, InputStream in, StringBuilder body) throws IOException {
    String length = head.field("content-length");
    String coding = head.field("transfer-encoding");
    if (!length.isEmpty() && !coding.isEmpty()) {
      throw new Fault("two lengths: " + head);
    } else if (!length.isEmpty()) {
      if (!LENGTH.matcher(length).matches()) {
        throw new Fault("no length: " + head);
      }
      exactly(in, Integer.parseInt(length), body);
    } else if (!coding.isEmpty()) {
      if (!coding.equals("chunked")) {
        throw new Fault("no coding: " + head);
      }
      chunks(in, body);
    }
  }

  private static void chunks(InputStream in, StringBuilder body) throws IOException {
    while (true) {
      String size = line(in);
      if (!SIZE.matcher(size).matches()) {
        throw new Fault("no chunk size: " + size);
      }
      int bytes = Integer.parseInt(size, 16);
      if (bytes > 0) {
        exactly(in, bytes, body);
      }
      String end = line(in);
      if (!end.isEmpty()) {
        throw new Fault("behind a chunk: " + end);
      }
      if (bytes == 0) {
        return;
      }
    }
  }

  private static void exactly(InputStream in, int bytes, StringBuilder body) throws IOException {
    byte[] read = in.readNBytes(bytes);
    body.append(new String(read, StandardCharsets.ISO_8859_1));
    if (read.length < bytes) {
      throw new EOFException();
    }
  }

  /// A line that ends in CR LF, and in nothing else.
  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); ; b = in.read()) {
      if (b < 0) {
        throw new EOFException();
      } else if (b == '\n') {
        throw new Fault("a bare line feed behind: " + line);
      } else if (b == '\r') {
        if (in.read() != '\n') {
          throw new Fault("a bare carriage return behind: " + line);
        }
        return line.toString();
      }
      line.append((char) b);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  @Override
  public String toString() {
    return protocol().toUpperCase(Locale.ROOT);
  }
}
