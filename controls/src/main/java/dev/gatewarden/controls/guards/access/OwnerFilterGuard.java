package dev.gatewarden.controls.guards.access;

import dev.gatewarden.controls.guards.GuardEntry;
import dev.gatewarden.controls.guards.Reads;
import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Filter;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.decision.Control;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.Headers;
import dev.gatewarden.core.exchange.Query;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.policy.Ownership;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes the owner into lists and sums, so that the service looks at nobody's objects but the
/// caller's: `filter: {at: query.owner, is: principal.subject}` of the binding.
///
/// A search by `POST` may have it in its JSON body: `filter: {at: body#/where/customerId}`.
///
/// Where the caller says nothing the gate fills it in; where the caller says the same it stays; any
/// other value, several, and any other spelling of the name (`owner[]`, `owner[ne]`, `Owner`,
/// `owner.id`) are refused, because services differ in which one they would take; in a body,
/// wherever
/// it stands, and so is a body that has no place for it. Whoever may see
/// everybody's objects by a role asks for what they like, where the type has no tenant; within
/// tenants the tenant is what has to be written.
@Control(
    id = "owner-filter",
    stage = Stage.AUTHORIZE,
    threats = {Threat.API1_OBJECT_AUTHORIZATION})
public final class OwnerFilterGuard implements Guard {

  /// Nothing can be set: what is filtered by stands in the contract.
  public record Config() {}

  /// Why a list or a sum is refused.
  public enum Why implements Reason {
    FOR_ANOTHER("only the caller's own objects may be listed or summed up"),
    ODD_SPELLING("whose objects are meant may be said once, in the one spelling there is"),
    NOBODY("only the caller's own objects may be listed or summed up");

    private final String summary;

    Why(String summary) {
      this.summary = summary;
    }

    @Override
    public String control() {
      return "owner-filter";
    }

    @Override
    public int status() {
      return 403;
    }

    @Override
    public String summary() {
      return summary;
    }
  }

  public static final GuardEntry<Config> ENTRY =
      GuardEntry.of(
          OwnerFilterGuard.class, new Config(), Reads.BODY, Why.values(), OwnerFilterGuard::seat);

  private final List<Written> filtered;

  private OwnerFilterGuard(List<Written> filtered) {
    this.filtered = filtered;
  }

  /// What is written for one binding.
  ///
  /// @param plain the name without what services ignore in names
  /// @param inBody where it is written in a body, or null
  private record Written(
      ObjectBinding binding, Filter filter, String plain, @Nullable FilterInBody inBody) {
    private static Written of(List<ObjectBinding> all, ObjectBinding binding, Filter filter) {
      return new Written(
          binding,
          filter,
          filter.at() instanceof Selector.QueryParameter(String name)
              ? NamedProperties.loose(name)
              : "",
          FilterInBody.of(all, binding));
    }
  }

  private static Optional<Guard> seat(Setting setting, Config config) {
    List<Written> filtered = new ArrayList<>();
    for (ObjectBinding each : setting.operation().objects().list()) {
      if (each.filter() != null) {
        filtered.add(Written.of(setting.operation().objects().list(), each, each.filter()));
      }
    }
    return filtered.isEmpty() ? Optional.empty() : Optional.of(new OwnerFilterGuard(filtered));
  }

  @Override
  public Verdict judge(Call call) {
    List<Edit> edits = List.of();
    for (int i = 0; i < filtered.size(); i++) {
      Written each = filtered.get(i);
      Filter filter = each.filter();
      if (seesAll(each.binding(), call.exchange().principal())) {
        continue;
      }
      String own = Ownership.part(filter.is(), call.exchange().principal());
      if (own == null) {
        return Verdict.deny(Why.NOBODY);
      }
      if (each.inBody() != null) {
        switch (each.inBody().read(call, own)) {
          case FilterInBody.Said.Unclear() -> {
            return Verdict.deny(Why.ODD_SPELLING);
          }
          case FilterInBody.Said.Whose(String value) -> {
            if (!value.equals(own)) {
              return Verdict.deny(Why.FOR_ANOTHER);
            }
          }
          case FilterInBody.Said.Nothing(Edit edit) -> {
            edits = edits.isEmpty() ? new ArrayList<>(2) : edits;
            edits.add(edit);
          }
        }
        continue;
      }
      Given given = given(each, call.exchange());
      if (given == null) {
        return Verdict.deny(Why.ODD_SPELLING);
      }
      if (given.value == null) {
        Edit edit = written(filter.at(), own);
        if (edit == null) {
          return Verdict.deny(Why.NOBODY);
        }
        edits = edits.isEmpty() ? new ArrayList<>(2) : edits;
        edits.add(edit);
      } else if (!given.value.equals(own)) {
        return Verdict.deny(Why.FOR_ANOTHER);
      }
    }
    return edits.isEmpty() ? Verdict.pass() : new Verdict.Pass(null, List.of(), List.copyOf(edits));
  }

  /// What the caller says, null for nothing.
  private record Given(@Nullable String value) {}

  private static final Given NOTHING = new Given(null);

  /// A role reaches as far as the tenant, and an owner's filter does not keep it there.
  private static boolean seesAll(ObjectBinding binding, Principal caller) {
    return Ownership.everything(binding.type(), binding.grants(), caller);
  }

  /// The one value under the one name; null where there is anything else that could be it.
  private static @Nullable Given given(Written each, Exchange exchange) {
    return switch (each.filter().at()) {
      case Selector.QueryParameter(String name) ->
          query(name, each.plain(), exchange.request().target().query());
      case Selector.Header(String name) -> header(name, exchange.request().headers());
      case Selector.PathParameter _,
          Selector.Cookie _,
          Selector.Body _,
          Selector.ResponseBody _,
          Selector.ResponseHeader _,
          Selector.Argument _,
          Selector.Message _,
          Selector.Part _,
          Selector.OfPrincipal _,
          Selector.HostLabel _,
          Selector.Result _ ->
          null;
    };
  }

  private static @Nullable Given query(String name, String plain, Query query) {
    Given given = NOTHING;
    for (int i = 0; i < query.pairs().size(); i++) {
      Query.Pair pair = query.pairs().get(i);
      if (pair.name().equals(name)) {
        if (given != NOTHING) {
          return null;
        }
        given = new Given(pair.value());
      } else if (meansThat(pair.name(), plain)) {
        return null;
      }
    }
    return given;
  }

  /// `Owner`, `owner[]`, `owner[ne]`, `owner.id`, `owner__in` and `own-er` may all be the same to a
  /// service.
  static boolean meansThat(String other, String plain) {
    int end = 0;
    while (end < other.length()
        && other.charAt(end) != '['
        && other.charAt(end) != '.'
        && other.charAt(end) != ':'
        && !other.startsWith("__", end)) {
      end++;
    }
    return NamedProperties.loose(other.substring(0, end)).equals(plain)
        || NamedProperties.loose(QueryNames.withoutComparison(other)).equals(plain);
  }

  private static @Nullable Given header(String name, Headers headers) {
    return switch (headers.count(name)) {
      case 0 -> NOTHING;
      case 1 -> new Given(headers.first(name));
      default -> null;
    };
  }

  /// Null where the value cannot stand there (RFC 9110, section 5.5).
  private static @Nullable Edit written(Selector at, String own) {
    if (at instanceof Selector.QueryParameter(String name)) {
      return new Edit.SetQuery(name, List.of(ForcedSelection.encoded(own)));
    }
    if (!(at instanceof Selector.Header(String name))) {
      return null;
    }
    for (int i = 0; i < own.length(); i++) {
      if (own.charAt(i) <= ' ' || own.charAt(i) > '~') {
        return null;
      }
    }
    return new Edit.SetRequestHeader(name, own);
  }
}
