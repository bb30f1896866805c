package dev.gatewarden.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// How many answers honest callers get while one flood after another runs, as a ratio to calm.
///
/// Sixteen honest callers ask twenty-five times a second each over connections that they keep; a
/// flood comes over two threads from eight other networks of loopback. Argument: the project's
/// folder.
public final class Floods {
  private static final int HONEST = 16;
  private static final long EVERY = TimeUnit.MILLISECONDS.toNanos(40);
  private static final int PATIENCE = 1_000;
  private static final int THREADS = 2;
  private static final Duration WARM_UP = Duration.ofSeconds(8);
  private static final Duration SPAN = Duration.ofSeconds(6);
  private static final byte[] GET = bytes("GET /item HTTP/1.1\r\nHost: own.example\r\n\r\n");
  private static final byte[] PREFACE = bytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

  private Floods() {}

  /// One caller's flood, from a connection or many of them, until it is over.
  private interface Flood {
    void run(Target target) throws IOException;
  }

  public static void main(String[] arguments) throws Exception {
    Path project = Path.of(arguments[0]).toAbsolutePath();
    Path folder = Files.createTempDirectory("floods");
    int service = GateBench.freePort();
    try (Contender _ = Peers.service(folder, service, Payloads.order());
        Contender gate = gate(project, folder, service)) {
      goodput(gate.port(), WARM_UP);
      double calm = goodput(gate.port(), SPAN);
      System.out.printf("calm: %.0f answers a second%n%n", calm);
      System.out.println("| flood | honest answers a second | ratio to calm |");
      System.out.println("| --- | ---: | ---: |");
      for (Map.Entry<String, Flood> each : floods().entrySet()) {
        Target target = new Target(gate.port());
        target.flood(each.getValue());
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        double under = goodput(gate.port(), SPAN);
        target.end();
        System.out.printf(
            Locale.ROOT, "| %s | %.0f | %.2f |%n", each.getKey(), under, under / calm);
      }
    }
  }

  private static Contender gate(Path project, Path folder, int service) throws IOException {
    int port = GateBench.freePort();
    Files.writeString(
        folder.resolve("own.yaml"),
        """
        openapi: 3.1.0
        info: {title: Own, version: 1.0.0}
        security: []
        servers: [{url: /}]
        paths:
          /item:
            get:
              operationId: item
              x-gatewarden-object: {none: bench}
              responses: {'200': {description: it, content: {application/json: {schema: {}}}}}
            post:
              operationId: put
              x-gatewarden-object: {none: bench}
              requestBody: {content: {application/json: {schema: {}}}}
              responses: {'201': {description: it, content: {application/json: {schema: {}}}}}
        """);
    Path file =
        Files.writeString(
            folder.resolve("gatewarden.yaml"),
            """
            gatewarden: 1
            listen: {public: {port: %d}, admin: {port: %d}}
            apis:
              own:
                contract: own.yaml
                at: {path: /}
                upstream: {to: ['http://127.0.0.1:%d'], identity: none}
                tenancy: single
                guards:
                  principal-limit: {reads: 100000000/1m, writes: 100000000/1m}
                  source-limit: {rate: 30000/1m, burst: 1000}
            limits: {in-flight: 32MiB, connections: 4000}
            decisions: none
            store: none
            """
                .formatted(port, GateBench.freePort(), service));
    return Contender.start(
        "gatewarden",
        folder,
        port,
        List.of(project.resolve("gatewarden").toString(), "run", "-c", file.toString()));
  }

  private static Map<String, Flood> floods() {
    Map<String, Flood> all = new LinkedHashMap<>();
    all.put("connections on which nothing is asked", target -> target.keep(new byte[0]));
    all.put(
        "heads that do not end", target -> target.keep(bytes("GET /item HTTP/1.1\r\nHost: a\r\n")));
    all.put(
        "bodies that do not end",
        target ->
            target.keep(
                bytes(
                    "POST /item HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 500000\r\n\r\n["
                        + " ".repeat(32_000))));
    all.put(
        "readers that never read",
        target ->
            target.keep(
                new String(GET, StandardCharsets.US_ASCII)
                    .repeat(300)
                    .getBytes(StandardCharsets.US_ASCII)));
    all.put(
        "heads that are too long",
        target ->
            target.again(
                bytes("GET /item HTTP/1.1\r\nHost: a\r\nX-A: " + "a".repeat(60_000)), true));
    all.put("requests, as many as go", target -> target.again(GET, false));
    all.put("HTTP/2 pings", target -> target.frames(frame(6, 0, 0, new byte[8])));
    all.put("HTTP/2 settings", target -> target.frames(frame(4, 0, 0, new byte[0])));
    all.put(
        "HTTP/2 rapid reset",
        target -> {
          byte[] block = {(byte) 0x82, (byte) 0x86, 0x04, 5, '/', 'i', 't', 'e', 'm', 0x01, 1, 'a'};
          target.streams(
              stream ->
                  both(frame(1, 5, stream, block), frame(3, 0, stream, new byte[] {0, 0, 0, 8})));
        });
    all.put(
        "HTTP/2 made to reset",
        target -> {
          byte[] block = {(byte) 0x83, (byte) 0x86, 0x04, 5, '/', 'i', 't', 'e', 'm', 0x01, 1, 'a'};
          target.streams(
              stream -> both(frame(1, 4, stream, block), frame(8, 0, stream, new byte[4])));
        });
    all.put(
        "HTTP/2 continuations",
        target -> {
          byte[] block = {(byte) 0x82, (byte) 0x86, (byte) 0x84};
          target.streams(
              stream ->
                  stream == 1
                      ? frame(1, 0, 1, block)
                      : frame(9, 0, 1, new byte[] {0, 1, 'a', 1, 'b'}));
        });
    return all;
  }

  /// Answers a second that honest callers got in time.
  private static double goodput(int port, Duration span) throws InterruptedException {
    AtomicInteger answered = new AtomicInteger();
    long end = System.nanoTime() + span.toNanos();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < HONEST; i++) {
      callers.add(Thread.ofPlatform().daemon().start(() -> honest(port, end, answered)));
    }
    for (Thread caller : callers) {
      caller.join();
    }
    return answered.get() / (span.toMillis() / 1000.0);
  }

  private static void honest(int port, long end, AtomicInteger answered) {
    while (System.nanoTime() < end) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(PATIENCE);
        socket.setTcpNoDelay(true);
        long next = System.nanoTime();
        while (System.nanoTime() < end) {
          socket.getOutputStream().write(GET);
          if (status(socket.getInputStream()) == 200) {
            answered.incrementAndGet();
          }
          next += EVERY;
          LockSupport.parkNanos(next - System.nanoTime());
        }
      } catch (IOException refused) {
        LockSupport.parkNanos(EVERY);
      }
    }
  }

  private static int status(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("closed");
      }
      head.append((char) b);
    }
    String lower = head.toString().toLowerCase(Locale.ROOT);
    int at = lower.indexOf("content-length: ");
    if (at >= 0) {
      in.skipNBytes(Integer.parseInt(lower.substring(at + 16, lower.indexOf('\r', at))));
    }
    return Integer.parseInt(head.substring(9, 12));
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(payload.length >> 16);
    frame.write(payload.length >> 8);
    frame.write(payload.length);
    frame.write(type);
    frame.write(flags);
    for (int shift = 24; shift >= 0; shift -= 8) {
      frame.write(stream >> shift);
    }
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  private static byte[] both(byte[] one, byte[] other) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(one);
    both.writeBytes(other);
    return both.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// What one stream of HTTP/2 sends.
  private interface Stroke {
    byte[] of(int stream);
  }

  /// The gate under one flood.
  private static final class Target {
    private static final int MOST = 2_000;

    private final int port;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger network = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();

    Target(int port) {
      this.port = port;
    }

    void flood(Flood flood) {
      for (int i = 0; i < THREADS; i++) {
        threads.add(
            Thread.ofPlatform()
                .daemon()
                .start(
                    () -> {
                      while (!over.get()) {
                        try {
                          flood.run(this);
                        } catch (IOException ended) {
                          Thread.onSpinWait();
                        }
                      }
                    }));
      }
    }

    void end() throws InterruptedException {
      over.set(true);
      for (Thread each : threads) {
        each.join(5_000);
      }
    }

    private Socket connect() throws IOException {
      Socket socket = new Socket();
      byte[] from = {127, 1, (byte) (1 + network.getAndIncrement() % 8), 1};
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(from), 0));
      socket.setSoTimeout(PATIENCE);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE);
      return socket;
    }

    /// Many connections that each say one thing and wait.
    void keep(byte[] said) throws IOException {
      List<Socket> open = new ArrayList<>();
      try {
        while (!over.get()) {
          if (open.size() == MOST) {
            open.removeFirst().close();
          }
          Socket socket = connect();
          open.add(socket);
          try {
            socket.getOutputStream().write(said);
          } catch (IOException ended) {
            socket.close();
          }
        }
      } finally {
        for (Socket each : open) {
          each.close();
        }
      }
    }

    /// The same again and again.
    ///
    /// @param anew whether each time on another connection
    void again(byte[] said, boolean anew) throws IOException {
      while (!over.get()) {
        try (Socket socket = connect()) {
          do {
            socket.getOutputStream().write(said);
            if (!anew) {
              status(socket.getInputStream());
            }
          } while (!anew && !over.get());
        }
      }
    }

    void frames(byte[] frame) throws IOException {
      ByteArrayOutputStream many = new ByteArrayOutputStream();
      while (many.size() < 16_000) {
        many.writeBytes(frame);
      }
      speak(_ -> many.toByteArray());
    }

    void streams(Stroke stroke) throws IOException {
      speak(stroke);
    }

    private void speak(Stroke stroke) throws IOException {
      try (Socket socket = connect()) {
        socket.getOutputStream().write(both(PREFACE, frame(4, 0, 0, new byte[0])));
        for (int stream = 1; !over.get() && stream > 0; stream += 2) {
          socket.getOutputStream().write(stroke.of(stream));
        }
      }
    }
  }
}
