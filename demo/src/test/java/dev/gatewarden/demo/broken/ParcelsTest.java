package dev.gatewarden.demo.broken;

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
import static dev.gatewarden.demo.broken.parcels.ParcelsFault.VOUCHER_TWICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.broken.parcels.ParcelsApi;
import dev.gatewarden.demo.broken.parcels.ParcelsFault;
import java.time.Clock;
import java.util.Set;

class ParcelsTest extends FaultTable<ParcelsFault> {

  private static final String PARCEL =
      """
      {"recipient":"Eve","address":"5 Road","weightGrams":100%s}\
      """;

  ParcelsTest() {
    super(Specimen.PARCELS, ParcelsFault.class);
    row(PARCEL_READ, "200 leaks", "404", v -> bob(v).get("/parcels/1").leaking("Tromsø"));
    row(PARCEL_WRITE, "200 changed", "404", v -> written(v, "/parcels/1"));
    row(PARCEL_WRITE_SAID_ABSENT, "404 changed", "404", v -> written(v, "/parcels/1"));
    row(
        PARCEL_DELETE,
        "204 404",
        "404 200",
        v -> bob(v).send("DELETE", "/parcels/1", null).status() + " " + read(alice(v), 1));
    row(
        LABEL_BY_QUERY,
        "200 leaks",
        "404",
        v -> bob(v).get("/labels?parcelId=1").leaking("Tromsø"));
    row(
        HANDOVER_BY_BODY,
        "200 404",
        "404 200",
        v ->
            bob(v).post("/handovers", "{\"parcelId\":1,\"to\":\"bob\"}").status()
                + " "
                + read(alice(v), 1));
    row(
        NOTES_OF_FOREIGN_PARENT,
        "200 leaks",
        "404",
        v -> bob(v).get("/parcels/1/notes").leaking("green door"));
    row(
        NOTE_OF_OTHER_PARENT,
        "200 leaks",
        "404",
        v -> bob(v).get("/parcels/3/notes/1").leaking("green door"));
    row(LIST_OF_EVERYBODY, "200 leaks", "200", v -> bob(v).get("/parcels").leaking("alice"));
    row(
        ABSENT_DIFFERS_FROM_FOREIGN,
        "403 404",
        "404 404",
        v -> read(bob(v), 1) + " " + read(bob(v), 999));
    row(
        CREATE_SETS_PRICE,
        "201 0",
        "400",
        v -> {
          Visitor.Seen made = bob(v).post("/parcels", PARCEL.formatted(",\"priceCents\":0"));
          return made.status() == 201
              ? made.status() + " " + bob(v).get(made.header("location")).json().path("priceCents")
              : Integer.toString(made.status());
        });
    row(
        PATCH_SETS_STATUS,
        "200 leaks",
        "200",
        v -> {
          bob(v).send("PATCH", "/parcels/3", "{\"status\":\"refunded\"}");
          return bob(v).get("/parcels/3").leaking("refunded");
        });
    row(ADMIN_LIST_FOR_ALL, "200 leaks", "403", v -> bob(v).get("/admin/parcels").leaking("alice"));
    row(REFUND_FOR_ALL, "200 leaks", "403", v -> refund(v, "POST"));
    row(REFUND_BY_PUT, "200 leaks", "405", v -> refund(v, "PUT"));
    row(
        VOUCHER_TWICE,
        "1000",
        "500",
        v -> {
          String code = bob(v).post("/vouchers", null).json().path("code").asString();
          bob(v).both("POST", "/vouchers/" + code + "/redemption");
          return bob(v).get("/account").json().path("creditCents").toString();
        });
    row(READ_WITHOUT_TOKEN, "200 leaks", "401", v -> v.get("/parcels/1").leaking("Tromsø"));
    row(ODD_ID_FAILS, "500", "404", v -> "" + bob(v).get("/parcels/abc").status());
  }

  @Override
  BrokenApi<ParcelsFault> api(Set<ParcelsFault> faults, Clock clock) {
    return new ParcelsApi(faults, clock);
  }

  @Override
  Visitor somebody(Visitor v) {
    return bob(v);
  }

  @Override
  void goodRequests(Visitor v) {
    assertThat(read(bob(v), 3)).isEqualTo(200);
    assertThat(bob(v).get("/parcels?limit=1").json().path("items").size()).isEqualTo(1);
    assertThat(bob(v).post("/parcels", PARCEL.formatted("")).status()).isEqualTo(201);
    assertThat(bob(v).get("/parcels/3/notes/2").status()).isEqualTo(200);
    assertThat(bob(v).post("/parcels/3/notes", "{\"text\":\"hello\"}").status()).isEqualTo(201);
    assertThat(read(ada(v), 3)).isEqualTo(200);
    assertThat(ada(v).get("/admin/parcels").status()).isEqualTo(200);
    assertThat(ada(v).post("/parcels/3/refund", null).status()).isEqualTo(200);
    assertThat(bob(v).post("/handovers", "{\"parcelId\":3,\"to\":\"alice\"}").status())
        .isEqualTo(200);
  }

  private static String written(Visitor v, String path) {
    int status = bob(v).send("PATCH", path, "{\"address\":\"bob's door\"}").status();
    return status + (alice(v).get(path).says("bob's door") ? " changed" : "");
  }

  private static String refund(Visitor v, String method) {
    return bob(v).send(method, "/parcels/3/refund", null).leaking("refunded");
  }

  private static int read(Visitor v, int parcel) {
    return v.get("/parcels/" + parcel).status();
  }

  private static Visitor alice(Visitor v) {
    return as(v, "alice");
  }

  private static Visitor bob(Visitor v) {
    return as(v, "bob");
  }

  private static Visitor ada(Visitor v) {
    return as(v, "ada");
  }

  private static Visitor as(Visitor v, String name) {
    return v.bearer("parcels-" + name + "-7f3a91c2d4");
  }
}
