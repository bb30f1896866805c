package dev.gatewarden.demo.broken.library;

import static dev.gatewarden.demo.broken.library.LibraryFault.ANSWER_OFF_CONTRACT;
import static dev.gatewarden.demo.broken.library.LibraryFault.ANY_ORIGIN;
import static dev.gatewarden.demo.broken.library.LibraryFault.BOOK_ADD_FOR_ALL;
import static dev.gatewarden.demo.broken.library.LibraryFault.DEFAULT_LIBRARIAN;
import static dev.gatewarden.demo.broken.library.LibraryFault.HEADERS_MISSING;
import static dev.gatewarden.demo.broken.library.LibraryFault.INCLUDE_TELLS_LOANS;
import static dev.gatewarden.demo.broken.library.LibraryFault.LOANS_OF_EVERYBODY;
import static dev.gatewarden.demo.broken.library.LibraryFault.LOAN_DELETE_SAID_ABSENT;
import static dev.gatewarden.demo.broken.library.LibraryFault.LOAN_FOR_OTHERS;
import static dev.gatewarden.demo.broken.library.LibraryFault.LOAN_READ;
import static dev.gatewarden.demo.broken.library.LibraryFault.MEMBER_READ;
import static dev.gatewarden.demo.broken.library.LibraryFault.MEMBER_SETS_FINES;
import static dev.gatewarden.demo.broken.library.LibraryFault.MEMBER_SETS_ROLE;
import static dev.gatewarden.demo.broken.library.LibraryFault.MEMBER_TELLS_PIN;
import static dev.gatewarden.demo.broken.library.LibraryFault.NULL_ORIGIN;
import static dev.gatewarden.demo.broken.library.LibraryFault.ODD_BODY_FAILS;
import static dev.gatewarden.demo.broken.library.LibraryFault.PAGE_UNBOUNDED;
import static dev.gatewarden.demo.broken.library.LibraryFault.PASSWORDS_UNLIMITED;
import static dev.gatewarden.demo.broken.library.LibraryFault.SHARED_BY_CACHES;
import static dev.gatewarden.demo.broken.library.LibraryFault.TYPE_IGNORED;

import dev.gatewarden.demo.broken.Ask;
import dev.gatewarden.demo.broken.Attempts;
import dev.gatewarden.demo.broken.BrokenApi;
import dev.gatewarden.demo.broken.Fields;
import dev.gatewarden.demo.broken.Refused;
import dev.gatewarden.demo.broken.Routes;
import dev.gatewarden.demo.broken.Who;
import dev.gatewarden.demo.http.Answer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The library.
public final class LibraryApi extends BrokenApi<LibraryFault> {

  private static final String TYPE = "application/vnd.api+json";

  private final Shelf shelf = new Shelf();
  private final Origins origins;
  private final Attempts guesses;
  private final Routes routes = new Routes();

  public LibraryApi(Set<LibraryFault> faults, Clock clock) {
    super(LibraryFault.class, faults, clock);
    this.origins = new Origins(on(ANY_ORIGIN), on(NULL_ORIGIN));
    this.guesses = new Attempts(clock, 10, Duration.ofMinutes(1));
    routes
        .on("GET", "/books", this::books)
        .on("POST", "/books", this::addBook)
        .on("GET", "/books/{bookId}", this::book)
        .on("GET", "/loans", this::loans)
        .on("POST", "/loans", this::lend)
        .on("GET", "/loans/{loanId}", ask -> one(200, loan(ask, caller(ask), on(LOAN_READ))))
        .on("PATCH", "/loans/{loanId}", this::changeLoan)
        .on("DELETE", "/loans/{loanId}", this::endLoan)
        .on("GET", "/members/{memberId}", ask -> one(200, told(member(ask, on(MEMBER_READ)))))
        .on("PATCH", "/members/{memberId}", this::changeMember);
  }

  @Override
  protected Routes routes() {
    return routes;
  }

  @Override
  protected void fill() {
    shelf.fill();
    guesses.clear();
  }

  @Override
  protected Answer error(int status, String title) {
    ObjectNode json = Ask.json();
    json.putArray("errors").addObject().put("status", "" + status).put("title", title);
    return Answer.of(status, TYPE, json.toString());
  }

  @Override
  protected Answer polished(Ask ask, Answer answer) {
    Answer placed = origins.placed(ask, answer);
    Answer polished =
        on(HEADERS_MISSING) ? placed.with("cache-control", "private, no-store") : hardened(placed);
    return on(SHARED_BY_CACHES) && ask.method().equals("GET")
        ? polished.with("cache-control", "public, max-age=300")
        : polished.with("vary", "Authorization, Origin");
  }

  private Answer books(Ask ask) {
    caller(ask);
    int size = ask.query("page[size]", 1, on(PAGE_UNBOUNDED) ? Integer.MAX_VALUE : 50, 10);
    int number = ask.query("page[number]", 1, 100_000, 1);
    return many(shelf.books.values().stream().skip((number - 1L) * size).limit(size));
  }

  private Answer addBook(Ask ask) {
    Who who = caller(ask);
    if (!who.admin() && !on(BOOK_ADD_FOR_ALL)) {
      throw new Refused(403, "for librarians");
    }
    ObjectNode attributes = attributes(ask, "books");
    Fields.of(attributes).needs("title").text("title", 1, 200).only();
    ObjectNode made = shelf.book(attributes.path("title").asString());
    return one(201, made).with("location", "/books/" + made.path("id").asString());
  }

  private Answer book(Ask ask) {
    Who who = caller(ask);
    ObjectNode book = shelf.books.get(ask.path("bookId"));
    String include = ask.query("include");
    if (book == null) {
      throw new Refused(404, "no such book");
    }
    if (include != null && !include.equals("loans")) {
      throw new Refused(400, "only loans can be included");
    }
    ObjectNode json = Ask.json();
    ObjectNode told = json.putObject("data").setAll(book.deepCopy());
    if (on(ANSWER_OFF_CONTRACT)) {
      ((ObjectNode) told.path("attributes")).remove("title");
    }
    if (include != null) {
      ArrayNode included = json.putArray("included");
      shelf.loans.values().stream()
          .filter(loan -> related(loan, "book").equals(ask.path("bookId")))
          .filter(loan -> on(INCLUDE_TELLS_LOANS) || related(loan, "member").equals(who.name()))
          .forEach(included::add);
    }
    return Answer.of(200, TYPE, json.toString());
  }

  private Answer loans(Ask ask) {
    Who who = caller(ask);
    return many(
        shelf.loans.values().stream()
            .filter(loan -> on(LOANS_OF_EVERYBODY) || related(loan, "member").equals(who.name()))
            .limit(100));
  }

  private Answer lend(Ask ask) {
    Who who = caller(ask);
    ObjectNode attributes = attributes(ask, "loans");
    Fields.of(attributes).text("note", 0, 200).only();
    JsonNode relationships = ask.object().path("data").path("relationships");
    String book = relationships.path("book").path("data").path("id").asString("");
    String type = relationships.path("book").path("data").path("type").asString("");
    if (book.isEmpty() || !type.equals("books")) {
      throw new Refused(400, "a loan is of a book");
    }
    String member = relationships.path("member").path("data").path("id").asString(who.name());
    if (!member.equals(who.name()) && !on(LOAN_FOR_OTHERS)) {
      throw new Refused(403, "nobody borrows for others");
    }
    if (!shelf.books.containsKey(book) || !shelf.members.containsKey(member)) {
      throw new Refused(409, "there is no such book");
    }
    ObjectNode made = shelf.loan(member, who.tenant(), book, attributes.path("note").asString(""));
    return one(201, made).with("location", "/loans/" + made.path("id").asString());
  }

  private Answer changeLoan(Ask ask) {
    Who who = caller(ask);
    ObjectNode attributes = attributes(ask, "loans");
    ObjectNode loan = loan(ask, who, false);
    named(ask, "loanId");
    Fields.of(attributes).needs("note").text("note", 0, 200).only();
    ((ObjectNode) loan.path("attributes")).set("note", attributes.path("note"));
    return one(200, loan);
  }

  private Answer endLoan(Ask ask) {
    Who who = caller(ask);
    String id = loan(ask, who, on(LOAN_DELETE_SAID_ABSENT)).path("id").asString();
    ObjectNode removed = shelf.loans.remove(id);
    if (removed == null || !mayUse(who, removed)) {
      throw new Refused(404, "no such loan");
    }
    return Answer.empty(204);
  }

  private Answer changeMember(Ask ask) {
    ObjectNode member = member(ask, false);
    ObjectNode wish = attributes(ask, "members");
    named(ask, "memberId");
    if (!ask.object().path("data").has("attributes")) {
      throw new Refused(400, "attributes are missing");
    }
    Fields fields = Fields.of(wish).text("display-name", 1, 80).text("email", 3, 120);
    if (on(MEMBER_SETS_ROLE)) {
      fields.choice("role", List.of("reader", "librarian"));
    }
    if (on(MEMBER_SETS_FINES)) {
      fields.integer("fines", 0, 1_000_000);
    }
    fields.only();
    ((ObjectNode) member.path("attributes")).setAll(wish);
    return one(200, told(member));
  }

  /// The attributes of the resource in the body.
  private ObjectNode attributes(Ask ask, String type) {
    ObjectNode root = on(TYPE_IGNORED) ? ask.object() : ask.object(TYPE);
    JsonNode data = root.path("data");
    if (on(ODD_BODY_FAILS)) {
      return (ObjectNode) data.path("attributes");
    }
    if (!data.path("type").asString("").equals(type)
        || !(data.path("attributes").isMissingNode() || data.path("attributes").isObject())) {
      throw new Refused(400, "the body holds no resource of the type " + type);
    }
    return data.path("attributes") instanceof ObjectNode attributes ? attributes : Ask.json();
  }

  /// The body says which resource it is, and it is the one of the path.
  private static void named(Ask ask, String variable) {
    if (!ask.object().path("data").path("id").asString("").equals(ask.path(variable))) {
      throw new Refused(400, "the id is another than the path's");
    }
  }

  private ObjectNode loan(Ask ask, Who who, boolean open) {
    ObjectNode loan = shelf.loans.get(ask.path("loanId"));
    if (loan == null || !(open || mayUse(who, loan))) {
      throw new Refused(404, "no such loan");
    }
    return loan;
  }

  private static boolean mayUse(Who who, ObjectNode loan) {
    return who.mayUse(related(loan, "member"), loan.path("attributes").path("branch").asString(""));
  }

  private ObjectNode member(Ask ask, boolean open) {
    Who who = caller(ask);
    ObjectNode member = shelf.members.get(ask.path("memberId"));
    if (member == null || !(open || who.mayUse(ask.path("memberId"), who(member).tenant()))) {
      throw new Refused(404, "no such member");
    }
    return member;
  }

  private ObjectNode told(ObjectNode member) {
    ObjectNode told = member.deepCopy();
    if (on(MEMBER_TELLS_PIN)) {
      ((ObjectNode) told.path("attributes")).put("pin", "4711").put("card-number", "9900-1234");
    }
    return told;
  }

  private Who caller(Ask ask) {
    String[] pair = ask.basic();
    if (pair == null) {
      throw unknown();
    }
    if (on(DEFAULT_LIBRARIAN) && pair[0].equals("admin") && pair[1].equals("admin")) {
      return new Who("admin", "north", true);
    }
    if (!on(PASSWORDS_UNLIMITED)) {
      guesses.check(pair[0]);
    }
    ObjectNode member = shelf.members.get(pair[0]);
    if (member == null || !pair[1].equals(pair[0] + "-reads-much")) {
      guesses.count(pair[0]);
      throw unknown();
    }
    return who(member);
  }

  private static Refused unknown() {
    return new Refused(401, "who are you", "www-authenticate", "Basic realm=\"library\"");
  }

  private static Who who(ObjectNode member) {
    JsonNode attributes = member.path("attributes");
    return new Who(
        member.path("id").asString(),
        attributes.path("branch").asString(""),
        attributes.path("role").asString("").equals("librarian"));
  }

  private static String related(ObjectNode loan, String name) {
    return loan.path("relationships").path(name).path("data").path("id").asString("");
  }

  private static Answer one(int status, ObjectNode resource) {
    ObjectNode json = Ask.json();
    json.set("data", resource);
    return Answer.of(status, TYPE, json.toString());
  }

  private static Answer many(Stream<ObjectNode> resources) {
    ObjectNode json = Ask.json();
    ArrayNode data = json.putArray("data");
    resources.forEach(data::add);
    return Answer.of(200, TYPE, json.toString());
  }
}
