package dev.gatewarden.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// A fixed number of equal requests over a fixed number of keep-alive connections, each answered
/// before the next is sent.
final class Load {
  private static final int CONNECTIONS = 32;
  private final byte[] request;
  private final int expected;

  /// @param request the whole request as it goes over the wire
  /// @param expected the only status that counts as an answer
  Load(byte[] request, int expected) {
    this.request = request;
    this.expected = expected;
  }

  /// Sends the requests and reads the answers.
  ///
  /// @return the median and the 99th percentile of the time an answer took, in microseconds
  /// @throws IllegalStateException when an answer has another status: a figure of refusals would be
  ///     worth nothing
  Times run(int port, int requests) {
    AtomicInteger left = new AtomicInteger(requests);
    List<CompletableFuture<List<Long>>> running = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      CompletableFuture<List<Long>> done = new CompletableFuture<>();
      running.add(done);
      Thread.ofPlatform().daemon().start(() -> connection(port, left, done));
    }
    List<Long> all = new ArrayList<>(requests);
    running.forEach(each -> all.addAll(each.join()));
    all.sort(Long::compare);
    return new Times(all.get(all.size() / 2) / 1000.0, all.get((int) (all.size() * 0.99)) / 1000.0);
  }

  /// Microseconds from the first byte out to the last byte in.
  record Times(double median, double p99) {}

  private void connection(int port, AtomicInteger left, CompletableFuture<List<Long>> done) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      Answers answers = new Answers(socket.getInputStream());
      List<Long> times = new ArrayList<>();
      while (left.getAndDecrement() > 0) {
        long began = System.nanoTime();
        socket.getOutputStream().write(request);
        int status = answers.next();
        times.add(System.nanoTime() - began);
        if (status != expected) {
          throw new IllegalStateException(
              "an answer with status "
                  + status
                  + " instead of "
                  + expected
                  + ": "
                  + answers.text());
        }
      }
      done.complete(times);
    } catch (IOException | RuntimeException fault) {
      done.completeExceptionally(fault);
    }
  }

  /// Reads answers with a declared or a chunked body.
  private static final class Answers {
    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private int length;

    Answers(InputStream in) {
      this.in = in;
    }

    int next() throws IOException {
      length = 0;
      int head = -1;
      while (head < 0) {
        read();
        head = head();
      }
      int body = contentLength(head);
      if (body < 0) {
        while (!endsChunked()) {
          read();
        }
      } else {
        while (length < head + body) {
          read();
        }
      }
      return (buffer[9] - '0') * 100 + (buffer[10] - '0') * 10 + buffer[11] - '0';
    }

    String text() {
      return new String(buffer, 0, Math.min(length, 2000), StandardCharsets.UTF_8);
    }

    private void read() throws IOException {
      int count = in.read(buffer, length, buffer.length - length);
      if (count <= 0) {
        throw new EOFException("the connection ended in the middle of an answer");
      }
      length += count;
    }

    private int head() {
      for (int i = 3; i < length; i++) {
        if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n') {
          return i + 1;
        }
      }
      return -1;
    }

    private boolean endsChunked() {
      return length >= 5
          && new String(buffer, length - 5, 5, StandardCharsets.ISO_8859_1).equals("0\r\n\r\n");
    }

    private int contentLength(int head) {
      String text =
          new String(buffer, 0, head, StandardCharsets.ISO_8859_1)
              .toLowerCase(java.util.Locale.ROOT);
      int at = text.indexOf("\r\ncontent-length:");
      if (at < 0) {
        return text.contains("\r\ntransfer-encoding: chunked") ? -1 : 0;
      }
      return Integer.parseInt(text.substring(at + 17, text.indexOf("\r\n", at + 2)).strip());
    }
  }
}
