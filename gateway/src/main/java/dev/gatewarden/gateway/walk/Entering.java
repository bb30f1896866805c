package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.coding.Coded;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.OutOfReach;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.login.LoginWatch;
import dev.gatewarden.core.login.Regulars;
import dev.gatewarden.core.login.Said;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the answer to a login says of it: by that what was taken is settled, and who logged in well
/// is remembered, before the answer leaves.
final class Entering {
  private static final Logger LOG = LoggerFactory.getLogger(Entering.class);

  private final LoginWatch watch;
  private final Regulars regulars;
  private Claims.@Nullable Settlement settled;

  private Entering(LoginWatch watch, Regulars regulars) {
    this.watch = watch;
    this.regulars = regulars;
  }

  /// The login that is watched, or null.
  static @Nullable Entering of(List<Edit> edits, Regulars regulars) {
    for (int i = 0; i < edits.size(); i++) {
      if (edits.get(i) instanceof Edit.WatchLogin(LoginWatch watch)) {
        return new Entering(watch, regulars);
      }
    }
    return null;
  }

  /// Whether a login is watched of which nobody heard how it went.
  static boolean unheard(@Nullable Entering known, List<Edit> edits) {
    if (known != null) {
      return known.settled == null;
    }
    for (int i = 0; i < edits.size(); i++) {
      if (edits.get(i) instanceof Edit.WatchLogin) {
        return true;
      }
    }
    return false;
  }

  /// Whether the answer's body has to be held. One that nobody can unpack passes unread.
  boolean awaits(ResponseHead received) {
    return watch.readsAnswer(received.status(), received.headers())
        && Coded.of(received.headers()) != Coded.OTHER;
  }

  /// What became of what was taken; remembered once, even if RETURN has to wait and is judged
  /// again.
  Claims.Settlement answered(ResponseHead received, Bytes bytes) {
    Claims.Settlement known = settled;
    if (known != null) {
      return known;
    }
    Said body = Said.of(bytes);
    known =
        switch (watch.went(received.status(), received.headers(), body)) {
          case WELL -> {
            welcome(received, body);
            yield Claims.Settlement.DELIVERED;
          }
          case WRONG -> Claims.Settlement.DECLINED;
          case NEITHER -> Claims.Settlement.CLEARED;
        };
    settled = known;
    return known;
  }

  private void welcome(ResponseHead received, Said body) {
    try {
      watch.welcome(regulars, received.headers(), body);
    } catch (OutOfReach gone) {
      LOG.debug("a login that went well could not be remembered");
    }
  }
}
