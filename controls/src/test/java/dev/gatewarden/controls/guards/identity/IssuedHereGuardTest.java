package dev.gatewarden.controls.guards.identity;

import dev.gatewarden.controls.guards.GuardCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class IssuedHereGuardTest {
  @TestFactory
  Stream<DynamicTest> cases() {
    return GuardCases.of(IssuedHereGuard.ENTRY);
  }
}
