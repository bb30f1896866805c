package dev.gatewarden.controls.guards.identity;

import dev.gatewarden.controls.guards.GuardCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ClientCertificateGuardTest {
  @TestFactory
  Stream<DynamicTest> cases() {
    return GuardCases.of(ClientCertificateGuard.ENTRY);
  }
}
