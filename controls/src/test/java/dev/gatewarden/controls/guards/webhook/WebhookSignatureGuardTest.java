package dev.gatewarden.controls.guards.webhook;

import dev.gatewarden.controls.guards.GuardCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class WebhookSignatureGuardTest {
  @TestFactory
  Stream<DynamicTest> cases() {
    return GuardCases.of(WebhookSignatureGuard.ENTRY);
  }
}
