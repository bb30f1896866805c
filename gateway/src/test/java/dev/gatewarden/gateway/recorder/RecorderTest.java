package dev.gatewarden.gateway.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RecorderTest {

  @Test
  void keeps_every_line_of_every_thread_until_it_is_closed() throws InterruptedException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    Recorder recorder = new Recorder(List.of((bytes, length) -> kept.write(bytes, 0, length)));
    Thread[] threads = new Thread[4];
    for (int t = 0; t < threads.length; t++) {
      threads[t] =
          Thread.ofPlatform()
              .start(
                  () -> {
                    JsonLine line = new JsonLine();
                    for (int i = 0; i < 1000; i++) {
                      recorder.record(line.begin().number("n", i).end());
                    }
                  });
    }
    for (Thread thread : threads) {
      thread.join();
    }
    recorder.close();
    assertThat(kept.toString(StandardCharsets.UTF_8).lines()).hasSize(4000);
    assertThat(recorder.dropped()).isZero();
  }

  @Test
  void drops_and_counts_where_a_sink_stands_still() {
    CountDownLatch open = new CountDownLatch(1);
    Recorder recorder =
        new Recorder(
            List.of(
                (_, _) -> {
                  try {
                    open.await();
                  } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                  }
                }));
    JsonLine line = new JsonLine();
    String text = "x".repeat(10_000);
    for (int i = 0; i < 1000; i++) {
      recorder.record(line.begin().text("t", text).end());
    }
    assertThat(recorder.dropped()).isBetween(700L, 900L);
    open.countDown();
    recorder.close();
  }

  @Test
  void counts_what_a_full_disk_loses() {
    Recorder recorder =
        new Recorder(
            List.of(
                (_, _) -> {
                  throw new IOException("no space left");
                }));
    recorder.record(new JsonLine().begin().number("n", 1).end());
    recorder.record(new JsonLine().begin().number("n", 2).end());
    recorder.close();
    assertThat(recorder.lost()).isEqualTo(2);
  }

  @Test
  void writes_json_that_holds_whatever_a_caller_sends_as_plain_ascii() {
    JsonLine line =
        new JsonLine()
            .begin()
            .text("path", "a\"b\\c\n\u0000é\uD83D\uDE00")
            .number("n", -12)
            .instant("at", 1_768_473_630_007L)
            .beginArray("r")
            .item("one")
            .item("two")
            .endArray()
            .end();
    assertThat(new String(line.array(), 0, line.length(), StandardCharsets.US_ASCII))
        .isEqualTo(
            "{\"path\":\"a\\\"b\\\\c\\u000a\\u0000\\u00e9\\ud83d\\ude00\",\"n\":-12,"
                + "\"at\":\"2026-01-15T10:40:30.007Z\",\"r\":[\"one\",\"two\"]}\n");
  }
}
