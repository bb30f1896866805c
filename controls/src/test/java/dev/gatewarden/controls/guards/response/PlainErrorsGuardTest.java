package dev.gatewarden.controls.guards.response;

import dev.gatewarden.controls.guards.GuardCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class PlainErrorsGuardTest {
  @TestFactory
  Stream<DynamicTest> cases() {
    return GuardCases.of(PlainErrorsGuard.ENTRY);
  }
}
