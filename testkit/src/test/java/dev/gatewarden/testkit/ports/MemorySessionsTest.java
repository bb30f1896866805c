package dev.gatewarden.testkit.ports;

import dev.gatewarden.core.identity.Sessions;

class MemorySessionsTest extends SessionsContract {
  @Override
  protected Sessions sessions() {
    return new MemorySessions(clock);
  }
}
