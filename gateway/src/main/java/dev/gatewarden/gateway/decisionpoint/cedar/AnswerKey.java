package dev.gatewarden.gateway.decisionpoint.cedar;

import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.policy.Question;
import dev.gatewarden.core.policy.Question.Environment;
import dev.gatewarden.core.policy.Question.Resource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Everything that the answer of one generation of policies depends on.
///
/// Of the circumstances it holds those that the policies read: the local time to the minute, which
/// is as fine as they see it.
final class AnswerKey {
  private static final long NEVER_READ = Long.MIN_VALUE;

  private final Principal caller;
  private final String api;
  private final String action;
  private final Resource resource;
  private final Ancestry above;
  private final @Nullable Ip source;
  private final @Nullable String method;
  private final @Nullable String zone;
  private final boolean encrypted;
  private final long minute;
  private final int hash;

  private AnswerKey(Question question, Ancestry above, ContextUse uses) {
    Environment here = question.environment();
    this.caller = question.caller();
    this.api = here.api();
    this.action = question.action();
    this.resource = question.resource();
    this.above = above;
    this.source = uses.reads("source") ? here.source() : null;
    this.method = uses.reads("method") ? here.method() : null;
    boolean local = uses.reads("local");
    this.zone = local || uses.reads("zone") ? here.zone().getId() : null;
    this.encrypted = uses.reads("encrypted") && here.encrypted();
    this.minute = local ? Math.floorDiv(here.at().getEpochSecond(), 60) : NEVER_READ;
    int mixed = caller.key().hashCode() * 31 + action.hashCode();
    mixed = (mixed * 31 + resource.named().hashCode()) * 31 + Long.hashCode(minute);
    this.hash = mixed * 31 + Objects.hashCode(source);
  }

  /// The key of a question; null where its answer holds for this moment only.
  static @Nullable AnswerKey of(Question question, Ancestry above, ContextUse uses) {
    return uses.reads("now") ? null : new AnswerKey(question, above, uses);
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof AnswerKey other
        && hash == other.hash
        && action.equals(other.action)
        && api.equals(other.api)
        && minute == other.minute
        && encrypted == other.encrypted
        && Objects.equals(source, other.source)
        && Objects.equals(method, other.method)
        && Objects.equals(zone, other.zone)
        && same(resource, other.resource)
        && above.equals(other.above)
        && (caller == other.caller || caller.equals(other.caller));
  }

  /// Where in an answer an object stands makes no difference.
  private static boolean same(Resource one, Resource other) {
    if (one instanceof Resource.Thing a && other instanceof Resource.Thing b) {
      ObjectFacts facts = a.facts();
      return a.id().equals(b.id())
          && (a.type() == b.type() || a.type().equals(b.type()))
          && facts.owner().equals(b.facts().owner())
          && facts.tenant().equals(b.facts().tenant())
          && facts.parents().equals(b.facts().parents());
    }
    return one.equals(other);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
