package dev.gatewarden.controls.guards.limit;

import dev.gatewarden.controls.guards.GuardCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class BatchSizeGuardTest {
  @TestFactory
  Stream<DynamicTest> cases() {
    return GuardCases.of(BatchSizeGuard.ENTRY);
  }
}
