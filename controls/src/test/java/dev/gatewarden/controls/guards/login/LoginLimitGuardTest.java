package dev.gatewarden.controls.guards.login;

import dev.gatewarden.controls.guards.GuardCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class LoginLimitGuardTest {
  @TestFactory
  Stream<DynamicTest> cases() {
    return GuardCases.of(LoginLimitGuard.ENTRY);
  }
}
