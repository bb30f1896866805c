package dev.gatewarden.core.opaque;

import dev.gatewarden.core.contract.ObjectType.Form;
import dev.gatewarden.core.contract.PublicId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// An id sealed (RFC 5297) and written in the alphabet of URLs (RFC 4648, section 5): of 2^128
/// texts that somebody makes up, one opens. How long a text is can be told from it.
final class TextCode implements IdCode {
  private static final Base64.Encoder WRITTEN = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder READ = Base64.getUrlDecoder();
  private static final int LONGEST = 4096;

  private final AesSiv siv;
  private final Form form;

  TextCode(AesSiv siv, Form form) {
    this.siv = siv;
    this.form = form;
  }

  @Override
  public @Nullable String seal(String id, Tenant tenant) {
    byte[] text = bytes(id);
    return text == null ? null : WRITTEN.encodeToString(siv.seal(text, tenant.tweak()));
  }

  @Override
  public @Nullable String open(String text, Tenant tenant) {
    byte[] sealed = read(text);
    byte[] plain = sealed == null ? null : siv.open(sealed, tenant.tweak());
    return plain == null ? null : id(plain);
  }

  private static byte @Nullable [] read(String text) {
    if (text.length() > LONGEST) {
      return null;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 127) {
        return null;
      }
    }
    try {
      byte[] sealed = READ.decode(text);
      // bits that no byte takes would make several texts of one id
      return WRITTEN.encodeToString(sealed).equals(text) ? sealed : null;
    } catch (IllegalArgumentException none) {
      return null;
    }
  }

  /// Numbers and UUIDs in their own width, so that the length tells nothing of them.
  private byte @Nullable [] bytes(String id) {
    return switch (form) {
      case STRING -> id.isEmpty() ? null : id.getBytes(StandardCharsets.UTF_8);
      case INTEGER -> {
        long number = WholeNumber.read(id);
        yield number < 0 ? null : ByteBuffer.allocate(Long.BYTES).putLong(number).array();
      }
      case UUID -> {
        long[] halves = new long[2];
        yield UuidText.read(id, halves)
            ? ByteBuffer.allocate(2 * Long.BYTES).putLong(halves[0]).putLong(halves[1]).array()
            : null;
      }
    };
  }

  /// Null where the type had another form when the text was made.
  private @Nullable String id(byte[] plain) {
    ByteBuffer buffer = ByteBuffer.wrap(plain);
    return switch (form) {
      case STRING -> {
        String text = new String(plain, StandardCharsets.UTF_8);
        yield Arrays.equals(bytes(text), plain) ? text : null;
      }
      case INTEGER -> {
        long number = plain.length == Long.BYTES ? buffer.getLong() : -1;
        yield number < 0 || number > PublicId.EXACT ? null : Long.toString(number);
      }
      case UUID ->
          plain.length == 2 * Long.BYTES ? UuidText.of(buffer.getLong(), buffer.getLong()) : null;
    };
  }
}
