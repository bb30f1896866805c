package dev.gatewarden.core.opaque;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.PublicId;
import dev.gatewarden.core.identity.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The keys of opaque ids: the first gives ids out, all of them are understood.
///
/// An id is bound to its type by a key of the type's own, and to the tenant by a tweak: what one
/// tenant was given means nothing in another. The API is no part of it, so that APIs which share
/// a type by its name share its ids.
public final class OpaqueIds {
  /// The fewest bytes a key has.
  public static final int LEAST = 32;

  private static final String LABEL = "gatewarden opaque id 1";

  private final List<Secret> keys;

  private OpaqueIds(List<Secret> keys) {
    this.keys = List.copyOf(keys);
  }

  /// @param keys those in force, the newest first
  /// @throws IllegalArgumentException when there are none, or one is too short or listed twice
  public static OpaqueIds of(List<Secret> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("there is no key");
    }
    Set<ByteBuffer> seen = new HashSet<>();
    for (Secret key : keys) {
      if (key.length() < LEAST) {
        throw new IllegalArgumentException(
            "a key of opaque ids has " + key.length() + " bytes; at least " + LEAST);
      }
      if (!seen.add(ByteBuffer.wrap(key.revealed()))) {
        throw new IllegalArgumentException("one key of opaque ids is listed twice");
      }
    }
    return new OpaqueIds(keys);
  }

  /// The ids of one type.
  ///
  /// @throws IllegalArgumentException when it takes room in the id to tell the keys apart, and two
  ///     of them happen to say the same
  public OpaqueType of(ObjectType type) {
    List<IdCode> codes = new ArrayList<>();
    Set<Integer> slots = new HashSet<>();
    for (Secret key : keys) {
      IdCode code = code(key, type);
      if (code.slot() >= 0 && !slots.add(code.slot())) {
        throw new IllegalArgumentException(
            "two keys of opaque ids cannot be told apart in ids of the type `"
                + type.name()
                + "`; make another new key");
      }
      codes.add(code);
    }
    return new OpaqueType(type, codes);
  }

  /// Places in the lists of one operation.
  ///
  /// @param operation its full name
  public OpaquePlace places(String operation) {
    List<TextCode> codes = new ArrayList<>();
    for (Secret key : keys) {
      codes.add(
          new TextCode(
              siv(derived(key, "place mac", operation), derived(key, "place stream", operation)),
              ObjectType.Form.INTEGER));
    }
    return new OpaquePlace(codes);
  }

  private static AesSiv siv(byte[] mac, byte[] stream) {
    byte[] both = new byte[mac.length + stream.length];
    System.arraycopy(mac, 0, both, 0, mac.length);
    System.arraycopy(stream, 0, both, mac.length, stream.length);
    return new AesSiv(both);
  }

  private static IdCode code(Secret key, ObjectType type) {
    return switch (type.publicId()) {
      case PublicId.Uuid() ->
          type.id().as() == ObjectType.Form.UUID
              ? new UuidCode(new Aes(derived(key, "uuid", type)), slot(key, type, PublicId.SLOTS))
              : new NumberCode(new Aes(derived(key, "number", type)));
      case PublicId.Number(long largest, long inner) ->
          new RangeCode(
              new Aes(derived(key, "range", type)),
              largest,
              inner,
              1 + slot(key, type, PublicId.SLOTS - 1));
      case PublicId.Text() ->
          new TextCode(
              siv(derived(key, "text mac", type), derived(key, "text stream", type)),
              type.id().as());
      case PublicId.Own() ->
          throw new GatewardenBug("the ids of `" + type.name() + "` are not opaque");
    };
  }

  /// A key of 32 bytes for one purpose and type.
  private static byte[] derived(Secret key, String purpose, ObjectType type) {
    return derived(key, purpose, type.name());
  }

  private static byte[] derived(Secret key, String purpose, String name) {
    String text = LABEL + '\n' + purpose + '\n' + name;
    return key.mac("HmacSHA256", ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  /// What tells a key from others in ids without any other sign of it; it says nothing of the key.
  private static int slot(Secret key, ObjectType type, int slots) {
    ByteBuffer digest = ByteBuffer.wrap(derived(key, "slot", type));
    return (int) Long.remainderUnsigned(digest.getLong(), slots);
  }

  /// What binds ids to a tenant.
  ///
  /// @param name null where there is none
  public static Tenant tenant(@Nullable String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((byte) (name == null ? 0 : 1));
      if (name != null) {
        digest.update(name.getBytes(StandardCharsets.UTF_8));
      }
      return new Tenant(digest.digest());
    } catch (GeneralSecurityException e) {
      throw new GatewardenBug("no SHA-256", e);
    }
  }

  /// Nothing of the keys.
  @Override
  public String toString() {
    return "OpaqueIds";
  }
}
