package dev.gatewarden.platform.probing;

import dev.gatewarden.core.probe.Answer;
import java.io.IOException;
import java.net.http.HttpRequest;

/// Who takes a request to a service and brings its answer back.
@FunctionalInterface
public interface Carrier {

  /// @param number of the attempt
  /// @param request with its credentials, to where it may be sent
  /// @param body which the request's publisher has as well
  /// @throws IOException where no answer came
  Answer carry(int number, HttpRequest request, byte[] body) throws IOException;
}
