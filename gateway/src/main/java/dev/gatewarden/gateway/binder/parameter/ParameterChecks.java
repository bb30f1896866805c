package dev.gatewarden.gateway.binder.parameter;

import dev.gatewarden.core.exchange.Breach;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Exchange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges all parameters of one operation.
public final class ParameterChecks {
  private final PathParameters path;
  private final QueryParameters query;
  private final HeaderParameters headers;
  private final CookieParameters cookies;

  ParameterChecks(
      PathParameters path,
      QueryParameters query,
      HeaderParameters headers,
      CookieParameters cookies) {
    this.path = path;
    this.query = query;
    this.headers = headers;
    this.cookies = cookies;
  }

  /// Which promise the parameters break; `NONE` where they are what the contract promises.
  public Breach breach(Exchange exchange) {
    return judge(exchange, null);
  }

  /// What is wrong with them.
  public List<Detail> explain(Exchange exchange) {
    List<Detail> details = new ArrayList<>();
    judge(exchange, details);
    return details;
  }

  private Breach judge(Exchange exchange, @Nullable List<Detail> details) {
    return path.judge(exchange, details)
        .or(query.judge(exchange.request().target().query(), details))
        .or(headers.judge(exchange.request().headers(), details))
        .or(cookies.judge(exchange.request().headers(), details));
  }
}
