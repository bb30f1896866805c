package dev.gatewarden.demo.broken.ledger;

import static dev.gatewarden.demo.broken.ledger.LedgerFault.ACCOUNT_FILTER;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.ACCOUNT_GIVEN_TWICE;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.BATCH_CHECKS_FIRST;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.CALLBACK_FETCHED;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.EVENT_REPLAYED;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.EVENT_UNSIGNED;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.EXPORT_UNLIMITED;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.KEY_IN_QUERY;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.LOOKUP_BY_BODY;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.METHOD_OVERRIDE;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.OLD_VERSION_ALIVE;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.OLD_VERSION_VOIDS;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.PAGE_UNBOUNDED;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.TRACE_IN_ERROR;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.TYPE_IGNORED;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.UPLOAD_BY_NAME;
import static dev.gatewarden.demo.broken.ledger.LedgerFault.UPLOAD_INTO_OTHER_FOLDER;

import dev.gatewarden.demo.broken.Ask;
import dev.gatewarden.demo.broken.Attempts;
import dev.gatewarden.demo.broken.BrokenApi;
import dev.gatewarden.demo.broken.Fields;
import dev.gatewarden.demo.broken.Refused;
import dev.gatewarden.demo.broken.Routes;
import dev.gatewarden.demo.broken.Who;
import dev.gatewarden.demo.http.Answer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The ledger.
public final class LedgerApi extends BrokenApi<LedgerFault> {

  private static final String JSON = "application/json";
  private static final int MOST_FILE = 256 << 10;
  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,79}");
  private static final byte[] RECEIPT = {
    (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 'a', 'l', 'i', 'c', 'e'
  };

  /// A program that calls for somebody.
  private record Caller(Who who, String account) {}

  private final Map<String, Caller> keys = new LinkedHashMap<>();
  private final Map<String, ObjectNode> invoices = new LinkedHashMap<>();
  private final Map<String, Upload> files = new HashMap<>();
  private final Attempts exports;
  private final BankDesk bank;
  private final CallbackDesk callbacks;
  private final Routes routes = new Routes();

  public LedgerApi(Set<LedgerFault> faults, Clock clock) {
    super(LedgerFault.class, faults, clock);
    this.exports = new Attempts(clock, 5, Duration.ofMinutes(1));
    this.bank = new BankDesk(on(EVENT_UNSIGNED), on(EVENT_REPLAYED), clock);
    this.callbacks = new CallbackDesk(on(CALLBACK_FETCHED), this::waiting);
    String[] accounts = {"acct_1001", "acct_1002", "acct_2001", "acct_2002", "acct_1000"};
    for (int i = 0; i < accounts.length; i++) {
      Who who = Who.ALL.get(i);
      keys.put("lk_" + who.name() + "_5d2e8b417c", new Caller(who, accounts[i]));
    }
    routes
        .on("GET", "/v2/invoices", this::list)
        .on("POST", "/v2/invoices/lookup", this::lookup)
        .on("POST", "/v2/invoices/batch", this::batch)
        .on("GET", "/v2/invoices/{invoice_id}", this::read)
        .on("DELETE", "/v2/invoices/{invoice_id}", ask -> delete(ask, false))
        .on("POST", "/v2/payments", this::pay)
        .on("POST", "/v2/exports", this::export)
        .on("POST", "/v2/callback_tests", this::callBack)
        .on("POST", "/v2/bank_events", this::event)
        .on("POST", "/v2/attachments", this::upload)
        .on("GET", "/v2/attachments/{name}", this::download);
    if (on(METHOD_OVERRIDE)) {
      routes.on("POST", "/v2/invoices/{invoice_id}", this::overridden);
    }
    if (on(OLD_VERSION_ALIVE)) {
      routes.on("GET", "/v1/invoices/{invoice_id}", this::readAsBefore);
    }
    if (on(OLD_VERSION_VOIDS)) {
      routes.on("POST", "/v1/invoices/{invoice_id}/void", this::voidAsBefore);
    }
    LeftOpen.add(routes, this::on);
  }

  @Override
  protected Routes routes() {
    return routes;
  }

  @Override
  protected int mostBody(Ask ask) {
    return ask.request().path().equals("/v2/attachments") ? MOST_FILE : super.mostBody(ask);
  }

  @Override
  protected Answer error(int status, String title) {
    return json(status, Ask.json().put("error_code", status).put("error_message", title));
  }

  @Override
  protected Answer unreadable(JacksonException why) {
    if (!on(TRACE_IN_ERROR)) {
      return super.unreadable(why);
    }
    StringWriter trace = new StringWriter();
    why.printStackTrace(new PrintWriter(trace));
    return error(400, trace.toString());
  }

  @Override
  protected void fill() {
    invoices.clear();
    files.clear();
    exports.clear();
    bank.clear();
    put("inv_000101", "acct_1001", "north", 12_500, "harbour fees of alice");
    put("inv_000102", "acct_1001", "north", 990, "paper");
    put("inv_000103", "acct_1002", "north", 4_200, "a ladder for bob");
    put("inv_000201", "acct_2001", "south", 77_000, "containers");
    put("inv_000202", "acct_2002", "south", 310, "stamps");
    files.put("acct_1001/receipt.png", new Upload("receipt.png", RECEIPT));
  }

  private Answer list(Ask ask) {
    Caller caller = caller(ask);
    List<String> accounts = ask.query().getOrDefault("account_id", List.of());
    if (accounts.size() > 1 && !on(ACCOUNT_GIVEN_TWICE)) {
      throw new Refused(400, "account_id may be given once");
    }
    String asked = accounts.isEmpty() ? caller.account() : accounts.getFirst();
    if (!asked.equals(caller.account()) && !on(ACCOUNT_FILTER)) {
      throw new Refused(404, "no such account");
    }
    String used = accounts.isEmpty() ? asked : accounts.getLast();
    int page = ask.query("page", 1, 100_000, 1);
    int size = ask.query("page_size", 1, on(PAGE_UNBOUNDED) ? Integer.MAX_VALUE : 100, 20);
    ObjectNode json = Ask.json();
    ArrayNode found = json.putArray("invoices");
    invoices.values().stream()
        .filter(each -> text(each, "account_id").equals(used))
        .skip((page - 1L) * size)
        .limit(size)
        .forEach(found::add);
    return json(200, json.put("page", page).put("page_size", size));
  }

  private Answer read(Ask ask) {
    return json(200, mine(caller(ask), ask.path("invoice_id"), false));
  }

  private Answer lookup(Ask ask) {
    Caller caller = caller(ask);
    ObjectNode wish = body(ask);
    Fields.of(wish).needs("invoice_id").text("invoice_id", 10, 10).only();
    return json(200, mine(caller, text(wish, "invoice_id"), on(LOOKUP_BY_BODY)));
  }

  private Answer batch(Ask ask) {
    Caller caller = caller(ask);
    ObjectNode wish = body(ask);
    JsonNode ids = wish.path("invoice_ids");
    if (wish.size() > 1 || !ids.isArray() || ids.isEmpty() || ids.size() > 50) {
      throw new Refused(400, "invoice_ids is a list of 1 to 50 ids");
    }
    ObjectNode json = Ask.json();
    ArrayNode found = json.putArray("invoices");
    for (JsonNode id : ids) {
      if (!id.isString()) {
        throw new Refused(400, "an id is a text");
      }
      found.add(mine(caller, id.asString(), on(BATCH_CHECKS_FIRST) && !found.isEmpty()));
    }
    return json(200, json);
  }

  private Answer delete(Ask ask, boolean forAll) {
    Caller caller = caller(ask);
    if (!caller.who().admin() && !forAll) {
      throw new Refused(403, "for administrators");
    }
    invoices.remove(text(mine(caller, ask.path("invoice_id"), false), "invoice_id"));
    return Answer.empty(204);
  }

  private Answer overridden(Ask ask) {
    String method = ask.header("x-http-method-override");
    if (method == null || !method.equals("DELETE")) {
      throw new Refused(405, "not with this method", "allow", "DELETE, GET");
    }
    return delete(ask, true);
  }

  private Answer pay(Ask ask) {
    Caller caller = caller(ask);
    ObjectNode wish = body(ask);
    Fields.of(wish)
        .needs("invoice_id", "amount_cents")
        .text("invoice_id", 10, 10)
        .integer("amount_cents", 1, 1_000_000)
        .only();
    ObjectNode invoice = mine(caller, text(wish, "invoice_id"), false);
    int amount = wish.path("amount_cents").decimalValue().intValue();
    paid(invoice, amount);
    ObjectNode payment =
        Ask.json()
            .put("payment_id", UUID.randomUUID().toString())
            .put("invoice_id", text(invoice, "invoice_id"))
            .put("amount_cents", amount);
    return json(201, payment);
  }

  private Answer export(Ask ask) {
    Caller caller = caller(ask);
    if (!on(EXPORT_UNLIMITED)) {
      exports.check(caller.account());
      exports.count(caller.account());
    }
    return json(202, Ask.json().put("export_id", UUID.randomUUID().toString()));
  }

  private Answer callBack(Ask ask) {
    caller(ask);
    ObjectNode wish = body(ask);
    Fields.of(wish).needs("callback_url").text("callback_url", 1, 200).only();
    return callbacks.test(text(wish, "callback_url"));
  }

  private Answer event(Ask ask) {
    bank.believe(ask);
    ObjectNode event = body(ask);
    Fields.of(event)
        .needs("type", "invoice_id", "amount_cents")
        .choice("type", List.of("payment.settled"))
        .text("invoice_id", 10, 10)
        .integer("amount_cents", 1, 1_000_000)
        .only();
    bank.takeOnce(ask);
    ObjectNode invoice = invoices.get(text(event, "invoice_id"));
    if (invoice != null) {
      paid(invoice, event.path("amount_cents").decimalValue().intValue());
    }
    return Answer.empty(204);
  }

  private Answer upload(Ask ask) {
    Caller caller = caller(ask);
    Upload upload = Upload.of(ask);
    if (!on(UPLOAD_INTO_OTHER_FOLDER) && !FILE_NAME.matcher(upload.name()).matches()) {
      throw new Refused(400, "a name has letters, digits, dots and dashes");
    }
    if (upload.typeByName().isEmpty() || !(on(UPLOAD_BY_NAME) || upload.honest())) {
      throw new Refused(415, "a file is a PNG or a PDF, and called so");
    }
    String place = Path.of("/", caller.account(), upload.name()).normalize().toString();
    files.put(place.substring(1), upload);
    ObjectNode json =
        Ask.json()
            .put("name", upload.name())
            .put("type", upload.typeByName())
            .put("size", upload.bytes().length);
    return json(201, json).with("location", "/v2/attachments/" + upload.name());
  }

  private Answer download(Ask ask) {
    Upload file = files.get(caller(ask).account() + "/" + ask.path("name"));
    if (file == null) {
      throw new Refused(404, "no such file");
    }
    return new Answer(200, new LinkedHashMap<>(), file.bytes())
        .with("content-type", file.typeByName())
        .with("content-disposition", "attachment");
  }

  private Answer readAsBefore(Ask ask) {
    caller(ask);
    return json(200, present(ask.path("invoice_id")));
  }

  private Answer voidAsBefore(Ask ask) {
    caller(ask);
    return json(200, present(ask.path("invoice_id")).put("status", "void"));
  }

  private ObjectNode mine(Caller caller, String id, boolean open) {
    ObjectNode invoice = present(id);
    boolean own = text(invoice, "account_id").equals(caller.account());
    boolean below =
        caller.who().admin() && text(invoice, "tenant_id").equals(caller.who().tenant());
    if (!(open || own || below)) {
      throw new Refused(404, "no such invoice");
    }
    return invoice;
  }

  private ObjectNode present(String id) {
    ObjectNode invoice = invoices.get(id);
    if (invoice == null) {
      throw new Refused(404, "no such invoice");
    }
    return invoice;
  }

  private Caller caller(Ask ask) {
    String key = ask.header("x-api-key");
    if (key == null && on(KEY_IN_QUERY)) {
      key = ask.query("api_key");
    }
    Caller caller = known(key);
    if (caller == null) {
      throw new Refused(401, "the key is missing or wrong", "www-authenticate", "ApiKey");
    }
    return caller;
  }

  private @Nullable Caller known(@Nullable String key) {
    return key == null ? null : keys.get(key);
  }

  private ObjectNode body(Ask ask) {
    return on(TYPE_IGNORED) ? ask.object() : ask.object(JSON);
  }

  private static void paid(ObjectNode invoice, int cents) {
    invoice.put("paid_cents", invoice.path("paid_cents").asInt() + cents);
  }

  private void put(String id, String account, String tenant, int cents, String memo) {
    invoices.put(
        id,
        Ask.json()
            .put("invoice_id", id)
            .put("account_id", account)
            .put("tenant_id", tenant)
            .put("amount_cents", cents)
            .put("paid_cents", 0)
            .put("status", "open")
            .put("memo", memo));
  }

  private static String text(ObjectNode of, String name) {
    return of.path(name).asString("");
  }

  private static Answer json(int status, ObjectNode json) {
    return Answer.json(status, json.toString());
  }
}
