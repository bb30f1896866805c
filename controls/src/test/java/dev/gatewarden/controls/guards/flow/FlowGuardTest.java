package dev.gatewarden.controls.guards.flow;

import dev.gatewarden.controls.guards.GuardCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class FlowGuardTest {
  @TestFactory
  Stream<DynamicTest> cases() {
    return GuardCases.of(FlowGuard.ENTRY);
  }
}
