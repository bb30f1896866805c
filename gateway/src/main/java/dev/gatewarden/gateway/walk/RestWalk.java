package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.canon.TraceParent;
import dev.gatewarden.core.coding.Coded;
import dev.gatewarden.core.coding.Decoded;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.decision.Combined;
import dev.gatewarden.core.decision.Decision.Outcome;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.OutOfReach;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.core.exchange.Response;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.gateway.binder.Binding;
import dev.gatewarden.gateway.binder.HeadIds;
import dev.gatewarden.gateway.binder.ItemStream;
import dev.gatewarden.gateway.binder.PageCursor;
import dev.gatewarden.gateway.binder.RequestBinder;
import dev.gatewarden.gateway.binder.ResponseBinder;
import dev.gatewarden.gateway.ledger.Issuance;
import dev.gatewarden.gateway.ledger.LedgerWhy;
import dev.gatewarden.gateway.pipeline.Cleared;
import dev.gatewarden.gateway.pipeline.Notes;
import dev.gatewarden.gateway.pipeline.Pipeline;
import dev.gatewarden.gateway.pipeline.Within;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The walk of one HTTP request.
///
/// A step that would wait is called again; what it had finished by then stays finished, so that
/// nothing is taken or bound twice.
final class RestWalk implements Walk {
  private static final Stage[] UNPROVED = {Stage.INTAKE, Stage.IDENTIFY, Stage.ADMIT};
  private static final Stage[] BOUND = {Stage.CONFORM, Stage.AUTHORIZE, Stage.COMMIT};
  private static final String EVENTS = "text/event-stream";

  private final RequestHead head;
  private final Generation gate;
  private final Supplier<Generation> newest;
  private final Account account;
  private final Notes notes;

  private @Nullable Entrance entrance;
  private @Nullable Exchange exchange;
  private @Nullable Instant deadline;
  private List<Call> calls = List.of();
  private List<Move> moves = List.of();
  private boolean returnable;
  private @Nullable Bytes bound;
  private Bytes leaves = Bytes.NONE;
  private int judged;
  private int load;
  private boolean streamed;
  private boolean endless;
  private Coded coded = Coded.PLAIN;

  private @Nullable ResponseHead response;
  private @Nullable Tenure tenure;
  private @Nullable Issuing issuing;
  private @Nullable Entering entering;
  private @Nullable Passing passing;

  /// @param newest what is in force now
  RestWalk(RequestHead head, Generation gate, Supplier<Generation> newest) {
    this.head = head;
    this.gate = gate;
    this.newest = newest;
    this.account = new Account(head, gate);
    this.notes = account.notes();
  }

  /// It came over a connection for another host.
  void misdirected() {
    Entrance away = new Entrance.Refused(RouterWhy.MISDIRECTED, List.of());
    entrance = away;
    account.entered(away);
  }

  @Override
  public String id() {
    return account.id().text();
  }

  @Override
  public Admission admit() {
    Entrance here = entrance;
    if (here == null) {
      here = gate.enter(head, account.id(), account.at());
      entrance = here;
      account.entered(here);
    }
    return switch (here) {
      case Entrance.Refused(Reason reason, List<Reply.Line> headers) ->
          new Admission.Answered(account.refused(reason, headers));
      case Entrance.Own(Reason reason, Reply reply) ->
          new Admission.Answered(account.own(reason, reply));
      case Entrance.Owned(var _, OwnRoute route, var _) ->
          new Admission.Admitted(new BodyPlan(true, route.mostBody()));
      case Entrance.Listed(Service service, Service.Place place, Exchange listed) ->
          admit(service, place, listed);
    };
  }

  private Admission admit(Service service, Service.Place place, Exchange listed) {
    if (exchange == null) {
      reached(listed);
      load = gate.settings().load().getAsInt();
      if (load > 0) {
        ShedWhy why = ShedWhy.of(load, place.priority(), true);
        if (why != null) {
          return new Admission.Answered(account.refused(why, ShedWhy.headers(load)));
        }
      }
    }
    Reply refusal = judgeHead(place.rawBody() ? 1 : UNPROVED.length, Reading.NONE);
    if (refusal != null) {
      return new Admission.Answered(refusal);
    }
    boolean hasBody = head.length() != 0;
    RequestBinder binder = service.binders().request(listed.operation());
    Binding obstacle = binder.obstacle(listed, hasBody);
    if (obstacle != null) {
      return new Admission.Answered(
          account.refused(
              obstacle,
              obstacle == Binding.CONTENT_ENCODED
                  ? service.takenCodings(listed.operation())
                  : List.of()));
    }
    if (!head.wantsUpgrade().isEmpty() && !place.switches()) {
      return new Admission.Answered(account.refused(RouterWhy.UPGRADE_NOT_LISTED, List.of()));
    }
    coded = hasBody ? Coded.of(head.headers()) : Coded.PLAIN;
    Issuance issuance = place.issuance();
    issuing = issuance == null ? null : new Issuing(issuance);
    boolean read =
        place.rawBody()
            || place.readsBody()
            || binder.holds()
            || (issuance != null && issuance.readsRequest());
    boolean hold = hasBody && (read || coded != Coded.PLAIN);
    streamed = hasBody && !hold;
    long most = gate.settings().ceilings().body();
    return new Admission.Admitted(
        new BodyPlan(hold, place.rawBody() ? Math.min(most, GateSettings.MOST_UNPROVED) : most));
  }

  @Override
  public Judgement judge(Bytes body) {
    if (entrance instanceof Entrance.Owned owned) {
      return new Judgement.Answered(own(owned, body));
    }
    Entrance.Listed here = listed();
    Reply refusal =
        judgeHead(UNPROVED.length, here.place().rawBody() ? new RawBody(body) : Reading.NONE);
    if (refusal != null) {
      return new Judgement.Answered(refusal);
    }
    if (bound != body) {
      Bytes plain = body;
      if (body.length() > 0 && coded instanceof Coded.By(var coding)) {
        switch (new Unpacking(here).decode(coding, body, gate.settings().ceilings().body())) {
          case Decoded.Plain(byte[] bytes, int length) -> plain = new Bytes(bytes, 0, length);
          case Decoded.Broken() -> {
            return new Judgement.Answered(account.refused(Binding.CODING_BROKEN, List.of()));
          }
          case Decoded.TooMuch() -> {
            return new Judgement.Answered(account.refused(Binding.CODING_TOO_MUCH, List.of()));
          }
        }
      }
      RequestBinder binder = here.service().binders().request(here.exchange().operation());
      switch (binder.bind(exchange(), plain, streamed)) {
        case RequestBinder.Bound.Refused(Binding why, Reading reading) -> {
          return new Judgement.Answered(account.refused(here, why, reading));
        }
        case RequestBinder.Bound.Calls(List<Call> each, Bytes judgedBytes) -> {
          calls = each;
          leaves = judgedBytes;
        }
      }
      if (inside() != exchange() && !gate.leads(inside())) {
        return new Judgement.Answered(account.refused(Binding.ODD_ID, List.of()));
      }
      bound = body;
    }
    for (int i = judged - UNPROVED.length; i < BOUND.length; i++) {
      Outcome result =
          here.service().pipeline().judge(BOUND[i], calls, notes, deadline(here.service()));
      judged++;
      if (!(result instanceof Outcome.Allowed)) {
        return new Judgement.Answered(account.refused(result));
      }
      if (BOUND[i] == Stage.AUTHORIZE && Stripping.wanted(notes.edits())) {
        RequestBinder binder = here.service().binders().request(here.exchange().operation());
        RequestBinder.Bound.Calls left = Stripping.of(binder, exchange(), calls, notes.edits());
        if (left == null) {
          return new Judgement.Answered(account.refused(Binding.CANNOT_BE_STRIPPED, List.of()));
        }
        calls = left.each();
        leaves = left.body();
      }
    }
    if (issuing != null) {
      LedgerWhy why = issuing.ask(calls.getFirst());
      if (why != null) {
        return new Judgement.Answered(account.refused(why, List.of()));
      }
    }
    moves = Move.asked(calls);
    return forwarded(here);
  }

  /// Forwards, once it is known what the upstream learns of the caller.
  private Judgement forwarded(Entrance.Listed here) {
    ApiSettings api = here.service().settings();
    boolean nobody = exchange().principal().isNobody();
    return switch (api.identity()) {
      case ApiSettings.Identity.Signed(ApiSettings.TokenMint mint) ->
          forward(
              here,
              nobody
                  ? null
                  : mint.token(exchange().principal(), exchange().lease(), api.upstreams().name()));
      case ApiSettings.Identity.Exchanged(ApiSettings.TokenSwap swap) ->
          nobody ? forward(here, null) : swapped(here, swap.token(exchange()));
      case ApiSettings.Identity.Forward(), ApiSettings.Identity.None() -> forward(here, null);
    };
  }

  private Judgement swapped(Entrance.Listed here, ApiSettings.Swapped swapped) {
    return switch (swapped) {
      case ApiSettings.Swapped.Token(String text) -> forward(here, text);
      case ApiSettings.Swapped.Failed(Reason reason) ->
          new Judgement.Answered(account.refused(reason, List.of()));
    };
  }

  private Judgement forward(Entrance.Listed here, @Nullable String token) {
    ApiSettings.Times times = here.service().settings().timing().of(exchange().operation());
    long most = times.head().toNanos();
    long asked = CallerTimeout.of(head.headers());
    long gone = account.elapsed();
    long left = times.whole() == null ? Long.MAX_VALUE : times.whole().toNanos() - gone;
    left = asked == CallerTimeout.UNSAID ? left : Math.min(left, asked - gone);
    if (left <= 0) {
      return new Judgement.Answered(account.failed(Breakage.DEADLINE_PASSED));
    }
    Within within =
        left == Long.MAX_VALUE
            ? Within.head(times.head())
            : new Within(
                left < most ? Duration.ofNanos(left) : times.head(),
                Duration.ofNanos(left),
                left < most);
    String timeout = asked == CallerTimeout.UNSAID ? "" : CallerTimeout.text(left);
    return new Judgement.Forward(cleared(here, token, within, timeout), leaves);
  }

  private Reply own(Entrance.Owned owned, Bytes body) {
    OwnRoute route = owned.route();
    if (judged == 0) {
      Outcome taken =
          owned
              .service()
              .pipeline()
              .take(route.name(), route.claims(owned.request()), notes, deadline(owned.service()));
      if (!(taken instanceof Outcome.Allowed)) {
        return account.refused(taken);
      }
      judged++;
    }
    Verdict.Answer answer;
    try {
      answer = route.answer(owned.request(), body);
    } catch (OutOfReach gone) {
      return account.refused(Combined.OUT_OF_REACH, List.of());
    }
    return account.own(answer.reason(), answer.reply());
  }

  /// Judges the stages before the body is bound, as far as they are not judged yet.
  private @Nullable Reply judgeHead(int until, Reading raw) {
    Entrance.Listed here = listed();
    Pipeline pipeline = here.service().pipeline();
    while (judged < until) {
      Call carrier = new Call(exchange(), exchange().operation(), List.of(), raw, List.of());
      Outcome result;
      if (UNPROVED[judged] == Stage.IDENTIFY) {
        Pipeline.Identified identified =
            pipeline.identify(carrier, notes, deadline(here.service()));
        reached(identified.exchange());
        result = identified.outcome();
        if (load > 0 && exchange().principal().isNobody()) {
          ShedWhy why = ShedWhy.of(load, here.place().priority(), false);
          if (why != null) {
            return account.refused(why, ShedWhy.headers(load));
          }
        }
      } else {
        result =
            pipeline.judge(UNPROVED[judged], List.of(carrier), notes, deadline(here.service()));
      }
      judged++;
      if (!(result instanceof Outcome.Allowed)) {
        return account.refused(result);
      }
    }
    return null;
  }

  private Cleared cleared(
      Entrance.Listed here, @Nullable String token, Within within, String timeout) {
    ApiSettings api = here.service().settings();
    ResponseBinder binder = here.service().binders().response(exchange().operation());
    OutgoingHeaders headers =
        new OutgoingHeaders(
            inside(),
            binder.holdsAny(),
            Stripping.wanted(notes.edits()) || coded != Coded.PLAIN,
            api.identity() instanceof ApiSettings.Identity.Forward,
            here.service().keyFields(),
            api.strip(),
            token,
            trace(),
            notes.edits(),
            here.service().withheld(),
            timeout);
    account.forwards();
    boolean whole = head.method().equals("HEAD") && binder.holdsEvery() && !binder.streams();
    return here.service()
        .pipeline()
        .cleared(
            calls,
            new Cleared.Head(
                whole ? "GET" : head.method(),
                api.atUpstream(EditedTarget.of(inside().request().target(), notes.edits())),
                api.upstreams().places().getFirst().host(),
                headers),
            api.upstreams(),
            within,
            head.wantsUpgrade(),
            Repeating.wanted(notes.edits()) != null);
  }

  private TraceParent trace() {
    TraceParent given = TraceParent.read(head.headers().all("traceparent"));
    long span = Long.parseUnsignedLong(id(), 16, 32, 16);
    long parent = span == 0 ? 1 : span;
    return given == null ? TraceParent.mint(id(), parent) : given.child(parent);
  }

  @Override
  public void left() {
    account.left();
  }

  @Override
  public Reception receive(ResponseHead came) {
    account.answered(came.status());
    account.costs(came.headers());
    if (Repeating.undone(came.status()) && Repeating.wanted(notes.edits()) != null) {
      account.undone();
    }
    if (came.status() == 101) {
      return switched(came);
    }
    ResponseHead received = gate.shown(came, inside());
    if (received == null) {
      return new Reception.Answered(account.refused(Breakage.ID_CANNOT_BE_SHOWN, List.of()));
    }
    response = received;
    endless = isEvents(received);
    ResponseBinder binder = listed().service().binders().response(exchange().operation());
    boolean bodiless =
        received.length() == 0 || received.status() == 204 || received.status() == 304;
    if (entering == null) {
      entering = Entering.of(notes.edits(), listed().service().settings().ports().regulars());
    }
    boolean awaited =
        (issuing != null && issuing.awaits(received.status()))
            || (entering != null && entering.awaits(received))
            || Repeating.wanted(notes.edits()) != null
            || (pages() != null && received.status() == 200)
            || Stepping.awaits(notes.edits(), received.status());
    ItemStream stream =
        bodiless || awaited ? null : binder.stream(received.status(), received.headers());
    if (stream != null && !head.method().equals("HEAD")) {
      return streaming(received, binder, stream);
    }
    if (!bodiless && (awaited || binder.holds(received.status(), received.headers()))) {
      return Coded.of(received.headers()) == Coded.OTHER
          ? new Reception.Answered(account.refused(Breakage.UPSTREAM_CODING, List.of()))
          : new Reception.Hold(gate.settings().ceilings().body());
    }
    LedgerWhy why = register(received, Bytes.NONE);
    if (why != null) {
      return new Reception.Answered(account.refused(why, List.of()));
    }
    Reading unread = binder.unheld(received.status(), received.headers(), !bodiless);
    return switch (returned(received, unread, false)) {
      case Release.Answered(Reply reply) -> new Reception.Answered(reply);
      case Release.Send(ReplyHead out, var _, var _) ->
          Redaction.changes(notes.edits())
              ? new Reception.Answered(account.refused(Breakage.CANNOT_BE_CUT, List.of()))
              : new Reception.Stream(out);
    };
  }

  /// The head is judged now, as that of an answer without objects; the items are when they come.
  private Reception streaming(ResponseHead received, ResponseBinder binder, ItemStream stream) {
    if (Coded.of(received.headers()) != Coded.PLAIN) {
      return new Reception.Answered(account.refused(Breakage.UPSTREAM_CODING, List.of()));
    }
    Reading unread = binder.unheld(received.status(), received.headers(), true);
    return switch (returned(received, unread, false)) {
      case Release.Answered(Reply reply) -> new Reception.Answered(reply);
      case Release.Send(ReplyHead out, var _, var _) -> {
        if (Redaction.changes(notes.edits())) {
          yield new Reception.Answered(account.refused(Breakage.CANNOT_BE_CUT, List.of()));
        }
        Passing items = new Passing(stream, received, inside(), calls, listed().service(), notes);
        passing = items;
        long most = Math.min(gate.settings().ceilings().body(), GateSettings.MOST_ITEM);
        yield new Reception.Parts(out, items.scanner()::end, (int) most);
      }
    };
  }

  @Override
  public Passed pass(Bytes part) {
    Passing items = passing;
    if (items == null) {
      throw new GatewardenBug("`pass` came before `receive`");
    }
    return new Passed(items.pass(part, deadline(listed().service())));
  }

  private Reception switched(ResponseHead received) {
    if (head.wantsUpgrade().isEmpty()) {
      return new Reception.Answered(account.refused(Breakage.UPSTREAM_SWITCHED, List.of()));
    }
    account.delivered();
    endless = true;
    return new Reception.Switch(
        new ReplyHead(101, lines(received, AnswerCosts.told(notes.edits()), false)),
        exchange().lease());
  }

  @Override
  public Release release(Bytes body) {
    ResponseHead received = received();
    LedgerWhy why = register(received, body);
    if (why != null) {
      return new Release.Answered(account.refused(why, List.of()));
    }
    ResponseBinder binder = listed().service().binders().response(exchange().operation());
    Reading reading =
        binder.read(received.status(), received.headers(), body, exchange().principal());
    return reading == null
        ? new Release.Answered(account.refused(Breakage.ID_CANNOT_BE_SHOWN, List.of()))
        : returned(received, reading, Coded.of(received.headers()) instanceof Coded.By);
  }

  /// Before any of the answer is released.
  private @Nullable LedgerWhy register(ResponseHead received, Bytes body) {
    if (entering != null) {
      account.settles(entering.answered(received, body));
    }
    return issuing == null ? null : issuing.register(calls.getFirst(), received, body);
  }

  /// @param decoded whether a content coding was undone
  private Release returned(ResponseHead received, Reading reading, boolean decoded) {
    ResponseBinder binder = listed().service().binders().response(exchange().operation());
    Exchange whole =
        inside().answered(new Response(received.status(), received.headers(), reading));
    List<Call.Seen> seen = binder.seen(received.status(), reading);
    List<Call> seeing = new ArrayList<>(calls.size());
    for (int i = 0; i < calls.size(); i++) {
      seeing.add(calls.get(i).seeing(whole, seen));
    }
    Reply refusal = returnable ? null : judgeReturn(seeing, binder, reading);
    if (refusal != null) {
      return new Release.Answered(refusal);
    }
    returnable = true;
    List<Edit> edits = paged(ShownIds.with(notes.edits(), reading), received, reading);
    Bytes out = Redaction.of(reading, edits);
    if (out == null) {
      return new Release.Answered(account.refused(Breakage.CANNOT_BE_CUT, List.of()));
    }
    try {
      if (!Learning.from(seeing, received.status(), moves, listed().service().settings().ports())) {
        return new Release.Answered(account.refused(Breakage.OWNED_ALREADY, List.of()));
      }
    } catch (OutOfReach away) {
      return new Release.Answered(account.refused(Breakage.NOT_WRITTEN_DOWN, List.of()));
    }
    Release release =
        Conditions.answer(
            head,
            received,
            binder.showsObjects(),
            edits,
            new ReplyHead(received.status(), lines(received, edits, decoded)),
            out);
    stepped(received, reading);
    return kept(release, received.status());
  }

  /// By what the pages of the list are found, or null.
  private @Nullable PageCursor pages() {
    HeadIds ids = listed().service().binders().request(exchange().operation()).head();
    return ids == null ? null : ids.cursor();
  }

  private List<Edit> paged(List<Edit> edits, ResponseHead received, Reading reading) {
    PageCursor pages = received.status() == 200 ? pages() : null;
    String link =
        pages == null
            ? null
            : NextPage.link(
                pages,
                exchange(),
                inside(),
                received.headers(),
                reading,
                listed().service().deepest(exchange().operation()));
    if (link == null) {
      return edits;
    }
    List<Edit> all = new ArrayList<>(edits);
    all.add(new Edit.AddResponseValue("link", link));
    return all;
  }

  private void stepped(ResponseHead received, Reading reading) {
    if (!Stepping.keep(
        notes.edits(),
        listed().service().settings().ports().steps(),
        received,
        reading.bytes(),
        id(),
        gate.settings().clock().instant())) {
      gate.settings().metrics().wouldDeny(Breakage.NOT_WRITTEN_DOWN.code());
    }
  }

  /// Before any of the answer leaves, so that no caller has one that a repeat would not get.
  private Release kept(Release release, int status) {
    Edit.KeepAnswer wanted = Repeating.wanted(notes.edits());
    if (wanted == null || Repeating.undone(status) || !(release instanceof Release.Send sent)) {
      return release;
    }
    try {
      Repeating.keep(listed().service().settings().ports().firstAnswers(), wanted, sent);
    } catch (OutOfReach away) {
      return new Release.Answered(account.refused(Breakage.NOT_WRITTEN_DOWN, List.of()));
    }
    return release;
  }

  private @Nullable Reply judgeReturn(List<Call> seeing, ResponseBinder binder, Reading reading) {
    Outcome result =
        listed()
            .service()
            .pipeline()
            .judge(Stage.RETURN, seeing, notes, deadline(listed().service()));
    account.found(
        Watching.of(
            listed().place().track(), binder, reading, notes, gate.settings().clock().instant()));
    return result instanceof Outcome.Allowed ? null : account.refused(result);
  }

  private ReturningHeaders lines(ResponseHead received, Iterable<Edit> edits, boolean decoded) {
    return new ReturningHeaders(
        account.id(), received.headers(), edits, decoded, notes, gate.cookies());
  }

  @Override
  public Reply unreachable(UpstreamFault fault) {
    return unreachable(fault, 0);
  }

  @Override
  public Reply unreachable(UpstreamFault fault, int seconds) {
    // There may be no room for an answer, too: it was done then.
    if (response == null && neverArrived(fault) && Repeating.wanted(notes.edits()) != null) {
      account.undone();
    }
    return account.failed(
        Breakage.of(fault),
        seconds > 0
            ? List.of(new Reply.Line("retry-after", Integer.toString(seconds)))
            : List.of());
  }

  private static boolean neverArrived(UpstreamFault fault) {
    return switch (fault) {
      case REFUSED, OVERLOADED, RESTING, FULL -> true;
      case RESET, TIMEOUT, BROKEN_FRAMING, BODY_TOO_LONG -> false;
    };
  }

  @Override
  public void tried(int times) {
    notes.tried(times);
  }

  @Override
  public Reply abandon(TransportFault fault) {
    return account.failed(Breakage.of(fault));
  }

  @Override
  public Duration heldBack() {
    return account.heldBack();
  }

  @Override
  public boolean holds() {
    if (outdated()) {
      return false;
    }
    Tenure known = tenure;
    if (known == null) {
      if (gate.trusting()) {
        return true;
      }
      known = tenure(listed());
      tenure = known;
    }
    return known.holds();
  }

  /// A proof that covers the body cannot be made again: the body is gone.
  private Tenure tenure(Entrance.Listed here) {
    Service service = here.service();
    Call carrier = Call.carrier(exchange().again());
    InstantSource clock = gate.settings().clock();
    return new Tenure(
        exchange().principal(),
        exchange().lease(),
        service.settings().ports().blocks(),
        clock,
        here.place().rawBody() ? null : () -> again(service, carrier, clock.instant()),
        service.provings());
  }

  /// By what is in force now, so that a right that was taken away in the meantime is gone here too.
  private Tenure.Again again(Service service, Call carrier, Instant at) {
    Generation now = newest.get();
    while (now != gate && !now.settings().era().term().begin()) {
      now = newest.get();
    }
    if (now == gate) {
      return identified(service, carrier, at);
    }
    try {
      Entrance there = now.enter(head, account.id(), at);
      return there instanceof Entrance.Listed other
              && other.exchange().operation().id().equals(carrier.operation().id())
          ? identified(other.service(), Call.carrier(other.exchange().again()), at)
          : identified(service, carrier, at);
    } finally {
      now.settings().era().term().end();
    }
  }

  private static Tenure.Again identified(Service service, Call carrier, Instant now) {
    Pipeline.Identified again = service.pipeline().identifyAgain(carrier, now);
    return new Tenure.Again(again.outcome(), again.exchange().principal());
  }

  private static boolean isEvents(ResponseHead received) {
    String type = received.headers().first("content-type");
    return type != null && type.regionMatches(true, 0, EVENTS, 0, EVENTS.length());
  }

  /// Whether what is carried without an end, a connection that switched or a stream of events, was
  /// opened by rules that are in force no more: it is opened again by those that are.
  private boolean outdated() {
    Generation now = newest.get();
    if (now == gate || !endless) {
      return false;
    }
    String api = listed().exchange().operation().id().api();
    String before = gate.settings().era().rules().get(api);
    return before == null || !before.equals(now.settings().era().rules().get(api));
  }

  @Override
  public void end(int sent, long bytesIn, long bytesOut) {
    try {
      // Whoever hangs up on the answer to a guess may see elsewhere how it went.
      if (account.hasLeft() && Entering.unheard(entering, notes.edits())) {
        account.settles(Claims.Settlement.DECLINED);
      }
      account.close(sent, bytesIn, bytesOut);
    } finally {
      gate.settings().era().term().end();
    }
  }

  private Instant deadline(Service service) {
    Instant known = deadline;
    if (known == null) {
      known = account.at().plus(service.settings().timing().longest()).plus(GateSettings.SETTLING);
      deadline = known;
    }
    return known;
  }

  private void reached(Exchange now) {
    exchange = now;
    account.reached(now);
  }

  /// The exchange as the service gets it.
  private Exchange inside() {
    return calls.isEmpty() ? exchange() : calls.getFirst().exchange();
  }

  private Exchange exchange() {
    Exchange here = exchange;
    if (here == null) {
      throw new GatewardenBug("a step of the walk came before `admit`");
    }
    return here;
  }

  private Entrance.Listed listed() {
    if (entrance instanceof Entrance.Listed listed) {
      return listed;
    }
    throw new GatewardenBug("a step of the walk came before `admit`");
  }

  private ResponseHead received() {
    ResponseHead here = response;
    if (here == null) {
      throw new GatewardenBug("`release` came before `receive`");
    }
    return here;
  }
}
