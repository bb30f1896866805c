package dev.gatewarden.controls.guards.schema;

import dev.gatewarden.controls.guards.GuardCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RequestSchemaGuardTest {
  @TestFactory
  Stream<DynamicTest> cases() {
    return GuardCases.of(RequestSchemaGuard.ENTRY);
  }
}
