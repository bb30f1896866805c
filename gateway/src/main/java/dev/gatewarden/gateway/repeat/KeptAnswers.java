package dev.gatewarden.gateway.repeat;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.decision.FirstAnswers;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.identity.Sessions;
import dev.gatewarden.gateway.state.Sealing;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// First answers in a store of their own, sealed under a digest of what the caller named them
/// by: who reads the store reads no answer.
public final class KeptAnswers implements FirstAnswers {
  private static final String PURPOSE = "first-answer";
  private static final int NO_REPLY = 0;

  private final Sessions store;
  private final RandomGenerator random;

  public KeptAnswers(Sessions store, RandomGenerator random) {
    this.store = store;
    this.random = random;
  }

  @Override
  public @Nullable Kept find(String key) {
    Optional<Sessions.Versioned> found = store.look(place(key));
    if (found.isEmpty()) {
      return null;
    }
    byte[] open = sealing(key).open(found.get().value());
    // What cannot be opened was answered all the same.
    return open == null ? new Kept(new byte[0], null) : read(open);
  }

  @Override
  public void keep(String key, Kept answer, Duration lasting) {
    byte[] sealed = sealing(key).seal(written(answer), random);
    if (sealed.length > Sessions.MOST_BYTES) {
      sealed = sealing(key).seal(written(new Kept(answer.asked(), null)), random);
    }
    // Where there is no room, the id stays spent, and a repeat is told that nothing is known.
    var unused = store.create(place(key), sealed, lasting, lasting);
  }

  private static String place(String key) {
    return "first/" + HexFormat.of().formatHex(Sealing.digest("first-answer-place", key));
  }

  private static Sealing sealing(String key) {
    return new Sealing(Sealing.digest("first-answer-key", key), PURPOSE);
  }

  private static byte[] written(Kept answer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      bytes(out, answer.asked());
      Reply reply = answer.reply();
      out.writeShort(reply == null ? NO_REPLY : reply.status());
      if (reply != null) {
        out.writeShort(reply.headers().size());
        for (Reply.Line line : reply.headers()) {
          bytes(out, line.name().getBytes(StandardCharsets.UTF_8));
          bytes(out, line.value().getBytes(StandardCharsets.UTF_8));
        }
        bytes(out, reply.body());
      }
    } catch (IOException e) {
      throw new GatewardenBug("memory cannot be written", e);
    }
    return bytes.toByteArray();
  }

  private static Kept read(byte[] open) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(open))) {
      byte[] asked = bytes(in);
      int status = in.readUnsignedShort();
      if (status == NO_REPLY) {
        return new Kept(asked, null);
      }
      int lines = in.readUnsignedShort();
      List<Reply.Line> headers = new ArrayList<>(lines);
      for (int i = 0; i < lines; i++) {
        String name = new String(bytes(in), StandardCharsets.UTF_8);
        headers.add(new Reply.Line(name, new String(bytes(in), StandardCharsets.UTF_8)));
      }
      return new Kept(asked, new Reply(status, headers, bytes(in)));
    } catch (IOException e) {
      throw new GatewardenBug("what was kept cannot be read", e);
    }
  }

  private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    return in.readNBytes(in.readInt());
  }
}
