package dev.gatewarden.gateway.identity;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;

/// Small changes of a token, none of which leaves the token that it was.
final class Mutation {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final String STRANGE = " \t\n\r=+/.,\0\u00e9\u0130~%";

  private Mutation() {}

  static String of(String token, Random random) {
    while (true) {
      String other = once(token, random);
      if (random.nextInt(4) == 0) {
        other = once(other, random);
      }
      if (!other.equals(token)) {
        return other;
      }
    }
  }

  private static String once(String token, Random random) {
    int at = random.nextInt(Math.max(1, token.length()));
    String[] parts = token.split("\\.", -1);
    int part = random.nextInt(parts.length);
    return switch (token.isEmpty() ? 5 : random.nextInt(14)) {
      case 0 -> token.substring(0, at) + token.substring(at + 1);
      case 1 -> token.substring(0, at) + letter(random) + token.substring(at);
      case 2 -> token.substring(0, at) + letter(random) + token.substring(at + 1);
      case 3 ->
          token.substring(0, at)
              + STRANGE.charAt(random.nextInt(STRANGE.length()))
              + token.substring(at);
      case 4 -> token.substring(0, at);
      case 5 -> token + letter(random);
      case 6 -> token + "=".repeat(1 + random.nextInt(3));
      case 7 -> with(parts, part, lastBits(parts[part], random));
      case 8 -> with(parts, part, "");
      case 9 -> with(parts, part, parts[random.nextInt(parts.length)]);
      case 10 -> with(parts, part, flipped(parts[part], random));
      case 11 -> with(parts, 0, renamed(parts[0], random));
      case 12 -> with(parts, part, parts[part] + "=");
      default -> with(parts, part, spaced(parts[part], random));
    };
  }

  private static char letter(Random random) {
    return ALPHABET.charAt(random.nextInt(64));
  }

  private static String with(String[] parts, int part, String other) {
    String[] changed = parts.clone();
    changed[part] = other;
    return String.join(".", changed);
  }

  /// The last character, whose lowest bits careless decoders drop.
  private static String lastBits(String part, Random random) {
    return part.isEmpty()
        ? "A"
        : part.substring(0, part.length() - 1)
            + ALPHABET.charAt(
                (ALPHABET.indexOf(part.charAt(part.length() - 1)) & ~3 | random.nextInt(4)) & 63);
  }

  private static String flipped(String part, Random random) {
    byte[] bytes = bytes(part);
    if (bytes.length == 0) {
      return "AA";
    }
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// The header with another algorithm, key or type.
  private static String renamed(String part, Random random) {
    String header = new String(bytes(part), StandardCharsets.UTF_8);
    String[][] changes = {
      {"\"alg\":\"[^\"]*\"", "\"alg\":\"none\""},
      {"\"alg\":\"[^\"]*\"", "\"alg\":\"HS256\""},
      {"\"alg\":\"[^\"]*\"", "\"alg\":\"RS256\",\"alg\":\"none\""},
      {"\"alg\":\"([A-Z]+)[0-9]*\"", "\"alg\":\"$1384\",\"x\":1"},
      {"\"kid\":\"[^\"]*\"", "\"kid\":\"../../dev/null\""},
      {"\"kid\":\"[^\"]*\"", "\"kid\":\"P-256\",\"y\":0"},
      {"\\{", "{\"crit\":[\"b64\"],\"b64\":false,"},
      {"\\{", "{\"jwk\":{\"kty\":\"oct\",\"k\":\"AA\"},"},
      {"\\{", "{ "},
    };
    String[] change = changes[random.nextInt(changes.length)];
    return encoded(header.replaceFirst(change[0], change[1]));
  }

  private static String spaced(String part, Random random) {
    String text = new String(bytes(part), StandardCharsets.ISO_8859_1);
    int at = text.isEmpty() ? 0 : random.nextInt(text.length());
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            (text.substring(0, at) + " " + text.substring(at))
                .getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] bytes(String part) {
    try {
      return Base64.getUrlDecoder().decode(part);
    } catch (IllegalArgumentException e) {
      return part.getBytes(StandardCharsets.ISO_8859_1);
    }
  }
}
