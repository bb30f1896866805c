package dev.gatewarden.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void allocates_nothing_for_a_valid_document() {
    Schema schema =
        new SchemaCompiler(Options.of(Dialect.DRAFT_2020_12).unknownFields(UnknownFields.OBSERVE))
            .compile(
                Texts.tree(
                    """
                    {"properties":{"id":{"format":"uuid"},"at":{"format":"date-time"},"n":{"type":"integer","multipleOf":5},
                     "price":{"multipleOf":0.01,"maximum":1e6},"tags":{"uniqueItems":true,"items":{"enum":["a","b","é"]}},
                     "code":{"pattern":"^[A-Z]{3}$"},"any":{"anyOf":[{"required":["q"]},{"required":["r"]}]},
                     "kind":{"oneOf":[{"minLength":3},{"maxLength":2}]}},"patternProperties":{"^x-":{"type":"string"}}}
                    """),
                List.of(new Mark("/id", 1)));
    byte[] json =
        """
        {"id":"123e4567-e89b-12d3-a456-426614174000","at":"2026-01-01T00:00:00Z","n":15,"price":19.99,"tags":["a","\\u0062"],
         "code":"EUR","any":{"r":1,"deep":[{"u":1,"v":2}]},"kind":"ab","x-note":"é","unknown":{"a":1,"b":[1,2,3]}}
        """
            .getBytes(StandardCharsets.UTF_8);
    Visit visit = new Visit(11);
    long[] allocated = new long[101];
    for (int round = 0; round < allocated.length; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 100; i++) {
        if (schema.judge(json, 0, json.length, visit) != Schema.VALID) {
          throw new AssertionError(schema.explain(json, 0, json.length, Violation.Limits.DEFAULT));
        }
      }
      allocated[round] = THREADS.getCurrentThreadAllocatedBytes() - before;
    }
    Arrays.sort(allocated);
    assertThat(allocated[allocated.length / 2]).isZero();
  }
}
