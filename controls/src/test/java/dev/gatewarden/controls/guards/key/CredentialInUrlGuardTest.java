package dev.gatewarden.controls.guards.key;

import dev.gatewarden.controls.guards.GuardCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class CredentialInUrlGuardTest {
  @TestFactory
  Stream<DynamicTest> cases() {
    return GuardCases.of(CredentialInUrlGuard.ENTRY);
  }
}
