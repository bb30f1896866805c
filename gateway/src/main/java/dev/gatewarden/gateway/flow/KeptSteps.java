package dev.gatewarden.gateway.flow;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.decision.OutOfReach;
import dev.gatewarden.core.decision.Steps;
import dev.gatewarden.core.identity.Sessions;
import dev.gatewarden.gateway.keys.Pepper;
import dev.gatewarden.gateway.state.Sealing;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Steps in a store of their own, one entry for each walk through a flow, under digests that are
/// keyed by a secret of the gate: who reads the store learns neither who walks nor what about, and
/// who changes it has nobody let on.
public final class KeptSteps implements Steps {
  private static final String PURPOSE = "flow-steps";

  /// Longer than anybody walks; an entry nobody adds to ends with its steps.
  private static final Duration LONGEST = Duration.ofDays(3650);

  /// How often a step is written down anew where others write at the same moment.
  private static final int MOST_TRIES = 64;

  /// As many digits of a digest as nobody meets twice.
  private static final int DIGITS = 32;

  private final Sessions store;
  private final Pepper pepper;
  private final Sealing sealing;
  private final RandomGenerator random;

  /// @param pepper the same for all gates that share the store
  public KeptSteps(Sessions store, Pepper pepper, RandomGenerator random) {
    this.store = store;
    this.pepper = pepper;
    this.sealing = new Sealing(pepper.digest("flow-seal"), PURPOSE);
    this.random = random;
  }

  @Override
  public List<Done> find(String key) {
    return store.look(place(key)).map(found -> read(key, found.value())).orElse(List.of());
  }

  @Override
  public boolean done(String key, Done step, Duration lasting) {
    String place = place(key);
    long tried = -1;
    for (int i = 0; i < MOST_TRIES; i++) {
      Optional<Sessions.Versioned> found = store.look(place);
      if (found.isEmpty()) {
        if (store.create(place, sealed(key, List.of(step)), lasting, LONGEST)) {
          return true;
        }
        if (store.look(place).isEmpty()) {
          return false;
        }
      } else {
        // It could not be replaced, and nobody else has replaced it: there is no room.
        if (found.get().version() == tried) {
          return false;
        }
        tried = found.get().version();
        List<Done> all = with(step, read(key, found.get().value()));
        if (store.replace(place, found.get().version(), sealed(key, all))) {
          return true;
        }
      }
    }
    throw OutOfReach.INSTANCE;
  }

  private static List<Done> with(Done step, List<Done> before) {
    List<Done> all = new ArrayList<>(before.size() + 1);
    all.add(step);
    for (Done each : before) {
      boolean same = each.step().equals(step.step()) && each.about().equals(step.about());
      if (!same && all.size() < MOST) {
        all.add(each);
      }
    }
    return all;
  }

  @Override
  public String digest(String value) {
    return pepper.hex("flow\0" + value).substring(0, DIGITS);
  }

  private String place(String key) {
    return "flow/" + pepper.hex("flow-place\0" + key);
  }

  private byte[] sealed(String key, List<Done> steps) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(digest(key));
      out.writeShort(steps.size());
      for (Done each : steps) {
        out.writeUTF(each.step());
        out.writeLong(each.at().toEpochMilli());
        out.writeUTF(each.run());
        out.writeByte(each.about().size());
        for (Map.Entry<String, String> about : each.about().entrySet()) {
          out.writeUTF(about.getKey());
          out.writeUTF(about.getValue());
        }
      }
    } catch (IOException e) {
      throw new GatewardenBug("memory cannot be written", e);
    }
    return sealing.seal(bytes.toByteArray(), random);
  }

  /// What cannot be opened, or was moved here from another key, was not done.
  private List<Done> read(String key, byte[] sealed) {
    byte[] open = sealing.open(sealed);
    if (open == null) {
      return List.of();
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(open))) {
      if (!in.readUTF().equals(digest(key))) {
        return List.of();
      }
      int count = in.readUnsignedShort();
      List<Done> steps = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        String step = in.readUTF();
        Instant at = Instant.ofEpochMilli(in.readLong());
        String run = in.readUTF();
        Map<String, String> about = new HashMap<>();
        for (int left = in.readUnsignedByte(); left > 0; left--) {
          String tie = in.readUTF();
          about.put(tie, in.readUTF());
        }
        steps.add(new Done(step, about, at, run));
      }
      return steps;
    } catch (IOException e) {
      throw new GatewardenBug("what was kept cannot be read", e);
    }
  }
}
