package dev.gatewarden.controls.guards.repeat;

import dev.gatewarden.controls.guards.GuardCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class IdempotencyKeyGuardTest {
  @TestFactory
  Stream<DynamicTest> cases() {
    return GuardCases.of(IdempotencyKeyGuard.ENTRY);
  }
}
