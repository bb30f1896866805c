package dev.gatewarden.bench.schemas;

import dev.gatewarden.core.schema.Bounds;
import dev.gatewarden.core.schema.Schema;
import dev.gatewarden.core.schema.Violation;
import dev.gatewarden.core.schema.Visit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Judging the payloads that need no corpora, alone: `bench/pieces judge -prof gc`.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class JudgePieces {
  private final Visit visit = new Visit(System.nanoTime());
  private final Schema orderSchema = compile(Shop.ORDER_SCHEMA);
  private final Schema listSchema = compile(Shop.CUSTOMERS_SCHEMA);
  private final byte[] order = bytes(Shop.order());
  private final byte[] list = bytes(Shop.customers());
  private final byte[] wrong = bytes(Shop.order().replaceFirst("\"7c9e6679[^\"]*\"", "17"));

  /// Payload a.
  @Benchmark
  public int judgeOrder() {
    return orderSchema.judge(order, 0, order.length, visit);
  }

  /// Payload b.
  @Benchmark
  public int judgeList() {
    return listSchema.judge(list, 0, list.length, visit);
  }

  /// Payload a with a first field that is wrong.
  @Benchmark
  public int judgeWrongOrder() {
    return orderSchema.judge(wrong, 0, wrong.length, visit);
  }

  /// The run behind a rejection that tells what is wrong.
  @Benchmark
  public List<Violation> explainWrongOrder() {
    return orderSchema.explain(wrong, 0, wrong.length, new Visit(1), Violation.Limits.DEFAULT);
  }

  private static Schema compile(String schema) {
    return Gatewarden.compile(bytes(schema), Bounds.DEFAULT, List.of());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
