package dev.gatewarden.controls.guards.upload;

import dev.gatewarden.controls.guards.GuardCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class UploadGuardTest {
  @TestFactory
  Stream<DynamicTest> cases() {
    return GuardCases.of(UploadGuard.ENTRY);
  }
}
