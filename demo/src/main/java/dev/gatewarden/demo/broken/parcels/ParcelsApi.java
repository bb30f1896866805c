package dev.gatewarden.demo.broken.parcels;

import static dev.gatewarden.demo.broken.parcels.ParcelsFault.ABSENT_DIFFERS_FROM_FOREIGN;
import static dev.gatewarden.demo.broken.parcels.ParcelsFault.ADMIN_LIST_FOR_ALL;
import static dev.gatewarden.demo.broken.parcels.ParcelsFault.CREATE_SETS_PRICE;
import static dev.gatewarden.demo.broken.parcels.ParcelsFault.HANDOVER_BY_BODY;
import static dev.gatewarden.demo.broken.parcels.ParcelsFault.LABEL_BY_QUERY;
import static dev.gatewarden.demo.broken.parcels.ParcelsFault.LIST_OF_EVERYBODY;
import static dev.gatewarden.demo.broken.parcels.ParcelsFault.NOTES_OF_FOREIGN_PARENT;
import static dev.gatewarden.demo.broken.parcels.ParcelsFault.NOTE_OF_OTHER_PARENT;
import static dev.gatewarden.demo.broken.parcels.ParcelsFault.ODD_ID_FAILS;
import static dev.gatewarden.demo.broken.parcels.ParcelsFault.PARCEL_DELETE;
import static dev.gatewarden.demo.broken.parcels.ParcelsFault.PARCEL_READ;
import static dev.gatewarden.demo.broken.parcels.ParcelsFault.PARCEL_WRITE;
import static dev.gatewarden.demo.broken.parcels.ParcelsFault.PARCEL_WRITE_SAID_ABSENT;
import static dev.gatewarden.demo.broken.parcels.ParcelsFault.PATCH_SETS_STATUS;
import static dev.gatewarden.demo.broken.parcels.ParcelsFault.READ_WITHOUT_TOKEN;
import static dev.gatewarden.demo.broken.parcels.ParcelsFault.REFUND_BY_PUT;
import static dev.gatewarden.demo.broken.parcels.ParcelsFault.REFUND_FOR_ALL;

import dev.gatewarden.demo.broken.Ask;
import dev.gatewarden.demo.broken.BrokenApi;
import dev.gatewarden.demo.broken.Fields;
import dev.gatewarden.demo.broken.Refused;
import dev.gatewarden.demo.broken.Routes;
import dev.gatewarden.demo.broken.Who;
import dev.gatewarden.demo.http.Answer;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The parcel service.
public final class ParcelsApi extends BrokenApi<ParcelsFault> {

  private static final String JSON = "application/json";

  private final Map<Integer, ObjectNode> parcels = new TreeMap<>();
  private final Map<Integer, ObjectNode> notes = new TreeMap<>();
  private final Map<String, Who> tokens = new LinkedHashMap<>();
  private final VoucherDesk vouchers;
  private final Routes routes = new Routes();
  private int lastParcel;
  private int lastNote;

  public ParcelsApi(Set<ParcelsFault> faults, Clock clock) {
    super(ParcelsFault.class, faults, clock);
    this.vouchers = new VoucherDesk(on(ParcelsFault.VOUCHER_TWICE), this::waiting);
    for (Who who : Who.ALL) {
      tokens.put("parcels-" + who.name() + "-7f3a91c2d4", who);
    }
    routes
        .on("GET", "/parcels", this::list)
        .on("POST", "/parcels", this::create)
        .on("GET", "/parcels/{parcelId}", this::read)
        .on("PATCH", "/parcels/{parcelId}", this::change)
        .on("DELETE", "/parcels/{parcelId}", this::remove)
        .on("GET", "/parcels/{parcelId}/notes", this::notes)
        .on("POST", "/parcels/{parcelId}/notes", this::annotate)
        .on("GET", "/parcels/{parcelId}/notes/{noteId}", this::note)
        .on("POST", "/parcels/{parcelId}/refund", ask -> refund(ask, on(REFUND_FOR_ALL)))
        .on("GET", "/labels", this::label)
        .on("POST", "/handovers", this::handOver)
        .on("GET", "/admin/parcels", this::everything)
        .on("GET", "/account", ask -> json(200, vouchers.account(caller(ask))))
        .on("POST", "/vouchers", this::issue)
        .on("POST", "/vouchers/{code}/redemption", this::redeem);
    if (on(REFUND_BY_PUT)) {
      routes.on("PUT", "/parcels/{parcelId}/refund", ask -> refund(ask, true));
    }
  }

  @Override
  protected Routes routes() {
    return routes;
  }

  @Override
  protected Answer error(int status, String title) {
    return Answer.problem(status, title);
  }

  @Override
  protected void fill() {
    parcels.clear();
    notes.clear();
    vouchers.clear();
    lastParcel = 0;
    lastNote = 0;
    put(Who.ALICE, "Alice's aunt", "12 Harbour Street, Tromsø", 900);
    put(Who.ALICE, "Alice's office", "1 Quay, Tromsø", 2400);
    put(Who.BOB, "Bob's brother", "3 Mill Lane, Cork", 1200);
    put(Who.CAROL, "Carol's shop", "Dock 4, Porto", 7000);
    put(Who.DAVE, "Dave's mother", "9 Hill Road, Faro", 500);
    putNote(1, "alice", "leave it at the green door");
    putNote(3, "bob", "ring twice");
    putNote(4, "carol", "fragile");
  }

  private Answer list(Ask ask) {
    Who who = caller(ask);
    return page(ask, it -> on(LIST_OF_EVERYBODY) || text(it, "senderId").equals(who.name()));
  }

  private Answer everything(Ask ask) {
    Who who = caller(ask);
    if (!who.admin() && !on(ADMIN_LIST_FOR_ALL)) {
      throw new Refused(403, "for administrators");
    }
    return page(ask, it -> text(it, "tenantId").equals(who.tenant()));
  }

  private Answer page(Ask ask, Predicate<ObjectNode> chosen) {
    int limit = ask.query("limit", 1, 100, 20);
    int offset = ask.query("offset", 0, 100_000, 0);
    List<ObjectNode> all = parcels.values().stream().filter(chosen).toList();
    ObjectNode page = Ask.json();
    ArrayNode items = page.putArray("items");
    all.stream().skip(offset).limit(limit).forEach(items::add);
    return json(200, page.put("total", all.size()));
  }

  private Answer create(Ask ask) {
    Who who = caller(ask);
    ObjectNode wish = ask.object(JSON);
    checked(wish, on(CREATE_SETS_PRICE)).needs("recipient", "address", "weightGrams");
    ObjectNode made =
        put(
            who,
            text(wish, "recipient"),
            text(wish, "address"),
            wish.path("weightGrams").decimalValue().intValue());
    if (on(CREATE_SETS_PRICE) && wish.path("priceCents").isInt()) {
      made.set("priceCents", wish.path("priceCents"));
    }
    return json(201, made).with("location", "/parcels/" + made.path("id").asInt());
  }

  private Answer read(Ask ask) {
    if (on(ODD_ID_FAILS)) {
      Integer.parseInt(ask.path("parcelId"));
    }
    if (on(READ_WITHOUT_TOKEN) && ask.header("authorization") == null) {
      return json(200, parcel(ask));
    }
    return json(200, parcel(ask, caller(ask), on(PARCEL_READ)));
  }

  private Answer change(Ask ask) {
    Who who = caller(ask);
    ObjectNode wish = ask.object(JSON);
    ObjectNode parcel = parcel(ask, who, on(PARCEL_WRITE) || on(PARCEL_WRITE_SAID_ABSENT));
    checked(wish, on(PATCH_SETS_STATUS));
    if (wish.isEmpty()) {
      throw new Refused(400, "nothing to change");
    }
    parcel.setAll(wish);
    if (on(PARCEL_WRITE_SAID_ABSENT) && !mayUse(who, parcel)) {
      throw absent();
    }
    return json(200, parcel);
  }

  private Answer remove(Ask ask) {
    ObjectNode parcel = parcel(ask, caller(ask), on(PARCEL_DELETE));
    parcels.remove(parcel.path("id").asInt());
    notes.values().removeIf(note -> note.path("parcelId").equals(parcel.path("id")));
    return Answer.empty(204);
  }

  private Answer notes(Ask ask) {
    ObjectNode parcel = parcel(ask, caller(ask), on(NOTES_OF_FOREIGN_PARENT));
    ObjectNode page = Ask.json();
    ArrayNode items = page.putArray("items");
    notes.values().stream()
        .filter(note -> note.path("parcelId").equals(parcel.path("id")))
        .limit(100)
        .forEach(note -> items.add(told(note)));
    return json(200, page);
  }

  private Answer annotate(Ask ask) {
    Who who = caller(ask);
    ObjectNode wish = ask.object(JSON);
    int parcel = parcel(ask, who, false).path("id").asInt();
    Fields.of(wish).needs("text").text("text", 1, 500).only();
    ObjectNode made = putNote(parcel, who.name(), text(wish, "text"));
    return json(201, told(made))
        .with("location", "/parcels/" + parcel + "/notes/" + made.path("id").asInt());
  }

  private Answer note(Ask ask) {
    ObjectNode parcel = parcel(ask, caller(ask), false);
    ObjectNode note = notes.get(ask.id("noteId"));
    if (note == null
        || !(on(NOTE_OF_OTHER_PARENT) || note.path("parcelId").equals(parcel.path("id")))) {
      throw new Refused(404, "no such note");
    }
    return json(200, told(note));
  }

  private Answer refund(Ask ask, boolean forAll) {
    Who who = caller(ask);
    if (!who.admin() && !forAll) {
      throw new Refused(403, "for administrators");
    }
    ObjectNode parcel = parcel(ask, who, false);
    if (text(parcel, "status").equals("refunded")) {
      throw new Refused(409, "it has been refunded");
    }
    return json(200, parcel.put("status", "refunded"));
  }

  private Answer label(Ask ask) {
    Who who = caller(ask);
    String id = ask.query("parcelId");
    if (Ask.number(id) == 0) {
      throw new Refused(400, "parcelId is a number");
    }
    ObjectNode parcel = mine(who, parcels.get(Ask.number(id)), on(LABEL_BY_QUERY));
    ObjectNode label = Ask.json();
    label.set("parcelId", parcel.path("id"));
    return json(200, label.put("text", text(parcel, "recipient") + ", " + text(parcel, "address")));
  }

  private Answer handOver(Ask ask) {
    Who who = caller(ask);
    ObjectNode wish = ask.object(JSON);
    Fields.of(wish)
        .needs("parcelId", "to")
        .integer("parcelId", 1, 999_999_999)
        .text("to", 1, 40)
        .only();
    int id = wish.path("parcelId").decimalValue().intValue();
    ObjectNode parcel = mine(who, parcels.get(id), on(HANDOVER_BY_BODY));
    boolean colleague =
        Who.ALL.stream()
            .anyMatch(
                each -> each.name().equals(text(wish, "to")) && each.tenant().equals(who.tenant()));
    if (!colleague) {
      throw new Refused(409, "there is nobody of that name in the company");
    }
    return json(200, parcel.put("senderId", text(wish, "to")));
  }

  private Answer issue(Ask ask) {
    caller(ask);
    return json(201, vouchers.issue());
  }

  private Answer redeem(Ask ask) {
    return json(200, vouchers.redeem(caller(ask), ask.path("code")));
  }

  private ObjectNode parcel(Ask ask, Who who, boolean open) {
    return mine(who, parcels.get(ask.id("parcelId")), open);
  }

  private ObjectNode parcel(Ask ask) {
    ObjectNode parcel = parcels.get(ask.id("parcelId"));
    if (parcel == null) {
      throw absent();
    }
    return parcel;
  }

  private ObjectNode mine(Who who, @Nullable ObjectNode parcel, boolean open) {
    if (parcel == null) {
      throw absent();
    }
    if (!open && !mayUse(who, parcel)) {
      throw on(ABSENT_DIFFERS_FROM_FOREIGN)
          ? new Refused(403, "it belongs to somebody else")
          : absent();
    }
    return parcel;
  }

  private static boolean mayUse(Who who, ObjectNode parcel) {
    return who.mayUse(text(parcel, "senderId"), text(parcel, "tenantId"));
  }

  private static Refused absent() {
    return new Refused(404, "no such parcel");
  }

  private Who caller(Ask ask) {
    String token = ask.request().bearer();
    Who who = token == null ? null : tokens.get(token);
    if (who == null) {
      throw new Refused(401, "who are you", "www-authenticate", "Bearer");
    }
    return who;
  }

  private static Fields checked(ObjectNode wish, boolean everything) {
    Fields fields =
        Fields.of(wish)
            .text("recipient", 1, 100)
            .text("address", 1, 200)
            .integer("weightGrams", 1, 30_000);
    if (!everything) {
      fields.only();
    }
    return fields;
  }

  private ObjectNode put(Who sender, String recipient, String address, int grams) {
    ObjectNode parcel =
        Ask.json()
            .put("id", ++lastParcel)
            .put("senderId", sender.name())
            .put("tenantId", sender.tenant())
            .put("recipient", recipient)
            .put("address", address)
            .put("weightGrams", grams)
            .put("status", "accepted")
            .put("priceCents", 490 + grams / 10)
            .put("createdAt", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    parcels.put(lastParcel, parcel);
    return parcel;
  }

  private ObjectNode putNote(int parcel, String author, String text) {
    ObjectNode note =
        Ask.json()
            .put("id", ++lastNote)
            .put("parcelId", parcel)
            .put("author", author)
            .put("text", text);
    notes.put(lastNote, note);
    return note;
  }

  /// A note, and whose parcel it is on.
  private ObjectNode told(ObjectNode note) {
    ObjectNode parcel = parcels.get(note.path("parcelId").asInt());
    ObjectNode told = note.deepCopy();
    if (parcel != null) {
      told.set("senderId", parcel.path("senderId"));
      told.set("tenantId", parcel.path("tenantId"));
    }
    return told;
  }

  private static String text(ObjectNode of, String name) {
    return of.path(name).asString("");
  }

  private static Answer json(int status, ObjectNode json) {
    return Answer.json(status, json.toString());
  }
}
