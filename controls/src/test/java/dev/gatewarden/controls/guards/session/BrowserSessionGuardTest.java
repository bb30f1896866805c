package dev.gatewarden.controls.guards.session;

import dev.gatewarden.controls.guards.GuardCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class BrowserSessionGuardTest {
  @TestFactory
  Stream<DynamicTest> cases() {
    return GuardCases.of(BrowserSessionGuard.ENTRY);
  }
}
