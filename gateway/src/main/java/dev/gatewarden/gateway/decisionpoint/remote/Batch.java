package dev.gatewarden.gateway.decisionpoint.remote;

import dev.gatewarden.gateway.decisionpoint.remote.Dialect.Meaning;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How several questions are asked in one call.
interface Batch {

  /// Where they are asked.
  URI address();

  /// What is asked.
  ///
  /// @param each what each question would be by itself, with the time of the request
  Map<String, Object> body(List<Map<String, Object>> each);

  /// What an answer of status 200 means for each question, in their order; null where it does not
  /// answer each of them and nothing else.
  @Nullable List<Meaning> meanings(Map<String, Object> answer, List<Map<String, Object>> each);
}
