package dev.gatewarden.core.decision;

import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.identity.Proof;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One guard's answer to one Call.
public sealed interface Verdict {

  /// What the verdict wants to consume.
  default List<Claim> claims() {
    return List.of();
  }

  /// Nothing against it.
  ///
  /// @param reason why, where there is something to say
  record Pass(@Nullable Reason reason, List<Claim> claims, List<Edit> edits) implements Verdict {
    static final Pass PLAIN = new Pass(null, List.of(), List.of());

    /// Adds something to consume.
    public Pass claiming(Claim claim) {
      return new Pass(reason, with(claims, claim), edits);
    }

    /// Adds a change.
    public Pass editing(Edit edit) {
      return new Pass(reason, claims, with(edits, edit));
    }
  }

  /// IDENTIFY: the credential this guard looks for is not there. Made once per guard.
  ///
  /// @param challenge what would do, as `WWW-Authenticate` names it (RFC 9110, section 11.6.1);
  ///     empty where no such name exists
  record Absent(String challenge) implements Verdict {
    static final Absent PLAIN = new Absent("");
  }

  /// IDENTIFY: the credential is good, and this is what it proves.
  record Proved(Proof proof, List<Claim> claims) implements Verdict {
    public Proved(Proof proof) {
      this(proof, List.of());
    }
  }

  /// IDENTIFY: a credential is there and is not good; it never falls back to another alternative or
  /// to nobody.
  ///
  /// @param claims what a failure consumes; a claim that is refused refuses with its own reason
  /// @param challenge the value of `WWW-Authenticate` that tells the caller so; empty where none
  ///     does
  record Broken(Reason reason, List<Claim> claims, String challenge) implements Verdict {
    public Broken(Reason reason, List<Claim> claims) {
      this(reason, claims, "");
    }
  }

  /// The gate answers by itself; nothing is forwarded.
  record Answer(Reason reason, Reply reply) implements Verdict {}

  /// The caller is asked to prove more, or something else.
  ///
  /// @param scheme the value of `WWW-Authenticate`, as far as this guard knows it (RFC 9110,
  ///     section 11.6.1)
  /// @param headers what the answer carries besides, `DPoP-Nonce`
  record Challenge(Reason reason, String scheme, List<Reply.Line> headers) implements Verdict {
    public Challenge(Reason reason, String scheme) {
      this(reason, scheme, List.of());
    }
  }

  /// RETURN: the response may leave without these parts.
  record Redact(Reason reason, List<Edit> edits) implements Verdict {}

  /// Refused.
  ///
  /// @param details what a client developer can act on; empty where telling would help an attacker
  /// @param retryAfter when it is worth trying again; zero where it is not
  record Deny(Reason reason, List<Detail> details, Duration retryAfter) implements Verdict {}

  /// Let pass, and told as what would be refused if a setting did not only watch for it.
  record Noticed(Deny wouldBe) implements Verdict {}

  static Pass pass() {
    return Pass.PLAIN;
  }

  static Pass pass(Reason reason) {
    return new Pass(reason, List.of(), List.of());
  }

  static Absent absent() {
    return Absent.PLAIN;
  }

  static Absent absent(String challenge) {
    return new Absent(challenge);
  }

  static Broken broken(Reason reason) {
    return new Broken(reason, List.of());
  }

  static Deny deny(Reason reason) {
    return new Deny(reason, List.of(), Duration.ZERO);
  }

  static Deny deny(Reason reason, List<Detail> details) {
    return new Deny(reason, details, Duration.ZERO);
  }

  private static <T> List<T> with(List<T> list, T item) {
    if (list.isEmpty()) {
      return List.of(item);
    }
    List<T> all = new ArrayList<>(list);
    all.add(item);
    return List.copyOf(all);
  }
}
