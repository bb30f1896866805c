package dev.gatewarden.controls.guards.access;

import dev.gatewarden.controls.guards.GuardCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class TenantWritesGuardTest {
  @TestFactory
  Stream<DynamicTest> cases() {
    return GuardCases.of(TenantWritesGuard.ENTRY);
  }
}
