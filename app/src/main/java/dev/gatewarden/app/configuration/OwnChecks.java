package dev.gatewarden.app.configuration;

import dev.gatewarden.core.document.Node;
import java.util.function.BiConsumer;

/// What must hold between the values of one object of the file.
final class OwnChecks implements BiConsumer<Record, Node.Obj> {
  private final Problems problems;

  OwnChecks(Problems problems) {
    this.problems = problems;
  }

  @Override
  public void accept(Record bound, Node.Obj object) {
    Remarks at = new Remarks(problems, object);
    switch (bound) {
      case Listen listen -> ListenChecks.listen(listen, at);
      case Listen.Public callers -> ListenChecks.callers(callers, at);
      case Listen.Admin admin -> ListenChecks.admin(admin, at);
      case DecisionPort decisions -> ListenChecks.decisions(decisions, at);
      case Listen.Operators operators -> ListenChecks.operators(operators, at);
      case Issuer issuer -> IssuerChecks.issuer(issuer, at);
      case Introspection asking -> ClientChecks.introspection(asking, at);
      case OauthClient client -> ClientChecks.client(client, at);
      case ClientGrant grant -> ClientChecks.grant(grant, at);
      case Api.Identity identity -> ClientChecks.exchange(identity, at);
      case ReadAs reader -> ClientChecks.reader(reader, at);
      case Sender sender -> CallerChecks.sender(sender, at);
      case KeyRing ring -> CallerChecks.ring(ring, at);
      case ClientCertificates certificates -> CallerChecks.certificates(certificates, at);
      case TokenLedger ledger -> CallerChecks.ledger(ledger, at);
      case BrowserSession session -> SessionChecks.session(session, at);
      case BrowserSession.Client client -> SessionChecks.client(client, at);
      case Api.At spot -> ApiChecks.spot(spot, at);
      case Api.UpstreamSettings upstream -> ApiChecks.upstream(upstream, at);
      case Sparing.AtOnce atOnce -> SparingChecks.atOnce(atOnce, at);
      case Sparing.Breaker breaker -> SparingChecks.breaker(breaker, at);
      case Sparing.Retry retry -> SparingChecks.retry(retry, at);
      case Sparing.Ejection ejection -> SparingChecks.ejection(ejection, at);
      case Sparing.Health health -> SparingChecks.health(health, at);
      case Sparing.Timing timing -> SparingChecks.timing(timing, at);
      case Versions versions -> ApiChecks.versions(versions, at);
      case Limits limits -> KeepingChecks.limits(limits, at);
      case State state -> KeepingChecks.state(state, at);
      case OpaqueIdKeys keys -> CallerChecks.opaque(keys, at);
      case RelationLimits relations -> at.whole("most", relations.most(), 1, Integer.MAX_VALUE);
      default -> {}
    }
  }
}
