package dev.gatewarden.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.document.ProblemsException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/// Broken bytes never break the engine, and what no JSON reader accepts never passes.
class MutationProperties {
  private static final String DOCUMENT =
      "{\"kind\":\"cat\",\"id\":\"123e4567-e89b-12d3-a456-426614174000\",\"n\":[1,-2.50e+3,{\"a\":1},\"\\u00e9\\ud83d\\ude00\"],\"any\":{\"q\":1,\"x\":{\"y\":[]}},\"text\":\"é😀"
          + " \\\\ \\\" \",\"t\":true,\"z\":null,\"x-a\":\"1\",\"claws\":4}";

  private static final Schema RICH =
      new SchemaCompiler(Options.of(Dialect.OPENAPI_3_1).unknownFields(UnknownFields.OBSERVE))
          .compile(
              Texts.tree(
                  """
                  {"oneOf":[{"required":["kind"],"properties":{"kind":{"const":"cat"},"claws":{"type":"integer"}}},
                            {"required":["kind"],"properties":{"kind":{"const":"dog"}}}],
                   "properties":{"id":{"format":"uuid"},"n":{"uniqueItems":true,"contains":{"type":"object"},"unevaluatedItems":{"not":{"type":"null"}}},
                   "any":{"anyOf":[{"required":["q"],"properties":{"q":true}},{"properties":{"r":true}}],"properties":{"x":{"enum":[{"y":[]},{"y":[1.0]}]}}},
                   "text":{"pattern":"^\\\\P{Lu}*$","maxLength":40},"t":{"type":"boolean"},"z":{"type":["null","string"]}},
                   "patternProperties":{"^x-":{"type":"string"},"a$":{"minLength":1}},"propertyNames":{"maxLength":20},
                   "dependentSchemas":{"t":{"required":["z"]}}}
                  """),
              List.of(new Mark("/id", 1), new Mark("/n/*", 2), new Mark("/any/x", 3)));

  private static final Schema ANYTHING =
      Texts.schema(
          "true", Options.of(Dialect.DRAFT_2020_12).bounds(Bounds.DEFAULT.exponent(100_000)));

  @Property(tries = 3000, shrinking = ShrinkingMode.OFF)
  void breaks_nothing(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] bytes = DOCUMENT.getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(3); i >= 0; i--) {
      bytes = mutated(random, bytes);
    }
    Visit visit = new Visit(seed);
    boolean json = json(bytes) && !huge(bytes);
    assertThat(ANYTHING.judge(bytes, 0, bytes.length, visit) == Schema.VALID)
        .as(new String(bytes, StandardCharsets.ISO_8859_1))
        .isEqualTo(json);
    boolean valid = RICH.judge(bytes, 0, bytes.length, visit) == Schema.VALID;
    assertThat(valid && !json).isFalse();
    List<Violation> told =
        RICH.explain(bytes, 0, bytes.length, new Visit(1), Violation.Limits.DEFAULT);
    assertThat(told.isEmpty()).isEqualTo(valid);
    if (valid) {
      long[] gaps = Texts.gaps(visit.spans(), -1L);
      assertThat(json(GapCopy.without(bytes, 0, bytes.length, gaps))).isTrue();
    }
  }

  /// Whether an exponent is beyond the bound of any document.
  private static boolean huge(byte[] bytes) {
    return ANYTHING.explain(bytes, 0, bytes.length, new Visit(1), Violation.Limits.DEFAULT).stream()
        .anyMatch(one -> one.error().equals(Keyword.MAX_NUMBER.word()));
  }

  private static boolean json(byte[] bytes) {
    try {
      Texts.tree(Texts.HERE, bytes);
      return true;
    } catch (ProblemsException e) {
      return false;
    }
  }

  private static byte[] mutated(Random random, byte[] bytes) {
    if (bytes.length == 0) {
      return bytes;
    }
    int at = random.nextInt(bytes.length);
    int length = Math.min(bytes.length - at, 1 + random.nextInt(12));
    return switch (random.nextInt(5)) {
      case 0 -> {
        byte[] copy = bytes.clone();
        copy[at] =
            (byte) "{}[],:\"\\0129eE+-.tfnu \n\0\u007f\u0080\u00ff".charAt(random.nextInt(27));
        yield copy;
      }
      case 1 -> spliced(bytes, at, at + length, new byte[0]);
      case 2 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, at + length));
      case 3 -> {
        int from = random.nextInt(bytes.length);
        yield spliced(
            bytes, at, at, Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 8)));
      }
      default -> random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : bytes;
    };
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] middle) {
    byte[] result = new byte[from + middle.length + bytes.length - to];
    System.arraycopy(bytes, 0, result, 0, from);
    System.arraycopy(middle, 0, result, from, middle.length);
    System.arraycopy(bytes, to, result, from + middle.length, bytes.length - to);
    return result;
  }
}
