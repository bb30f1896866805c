package dev.gatewarden.gateway.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.decision.Snapshots;
import dev.gatewarden.testkit.ports.SnapshotsContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSnapshotsTest extends SnapshotsContract {
  @TempDir Path folder;

  @Override
  protected Snapshots snapshots() {
    return new FileSnapshots(folder.resolve("snapshots"), clock);
  }

  @Test
  void outlives_the_process() {
    snapshots().publish("keys/corp", 0, new byte[] {10, 0, -1});

    assertThat(snapshots().newest("keys/corp").orElseThrow().content()).containsExactly(10, 0, -1);
    assertThat(snapshots().newest("keys/corp").orElseThrow().at()).isEqualTo(clock.instant());
  }

  @Test
  void keeps_sixteen_generations() {
    Snapshots snapshots = snapshots();
    for (int i = 0; i < 20; i++) {
      assertThat(snapshots.publish("keys", i, new byte[0])).isPresent();
    }
    assertThat(snapshots.at("keys", 4)).isEmpty();
    assertThat(snapshots.at("keys", 5)).isPresent();
    assertThat(snapshots.newest("keys").orElseThrow().generation()).isEqualTo(20);
  }

  @Test
  void writes_nowhere_else_and_leaves_nothing_half() throws IOException {
    snapshots().publish("../../out/./Side\u0000", 0, new byte[] {1});
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .containsExactly("1");
    }
    assertThat(snapshots().newest("../../out/./Side\u0000")).isPresent();
  }

  @Test
  void lets_one_of_many_publishers_win() throws Exception {
    int publishers = 8;
    CountDownLatch ready = new CountDownLatch(publishers);
    List<FutureTask<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < publishers; i++) {
      byte[] mine = {(byte) i};
      FutureTask<Boolean> task =
          new FutureTask<>(
              () -> {
                ready.countDown();
                ready.await();
                return snapshots().publish("keys", 0, mine).isPresent();
              });
      tasks.add(task);
      Thread.ofVirtual().start(task);
    }
    int won = 0;
    for (FutureTask<Boolean> task : tasks) {
      won += task.get() ? 1 : 0;
    }
    assertThat(won).isEqualTo(1);
  }
}
