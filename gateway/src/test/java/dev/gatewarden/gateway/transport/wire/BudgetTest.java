package dev.gatewarden.gateway.transport.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BudgetTest {
  @Test
  void gives_as_much_as_there_is_and_no_more() {
    Budget budget = new Budget(10);
    assertThat(budget.take(10)).isTrue();
    assertThat(budget.take(1)).isFalse();
    budget.give(1);
    assertThat(budget.take(1)).isTrue();
    assertThat(budget.held()).isEqualTo(10);
  }

  @Test
  void who_asks_for_too_much_takes_nothing_from_others() throws Exception {
    Budget budget = new Budget(100);
    AtomicBoolean over = new AtomicBoolean();
    CountDownLatch began = new CountDownLatch(1);
    Thread greedy =
        new Thread(
            () -> {
              began.countDown();
              while (!over.get()) {
                assertThat(budget.take(101)).isFalse();
              }
            });
    greedy.start();
    began.await();
    int refused = 0;
    for (int i = 0; i < 500_000; i++) {
      if (budget.take(1)) {
        budget.give(1);
      } else {
        refused++;
      }
    }
    over.set(true);
    greedy.join();
    assertThat(refused).isZero();
  }
}
