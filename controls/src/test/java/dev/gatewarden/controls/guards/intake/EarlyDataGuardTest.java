package dev.gatewarden.controls.guards.intake;

import dev.gatewarden.controls.guards.GuardCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class EarlyDataGuardTest {
  @TestFactory
  Stream<DynamicTest> cases() {
    return GuardCases.of(EarlyDataGuard.ENTRY);
  }
}
