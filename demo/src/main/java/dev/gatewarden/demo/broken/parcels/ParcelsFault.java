package dev.gatewarden.demo.broken.parcels;

import static dev.gatewarden.core.decision.Threat.API1_OBJECT_AUTHORIZATION;
import static dev.gatewarden.core.decision.Threat.API2_AUTHENTICATION;
import static dev.gatewarden.core.decision.Threat.API3_PROPERTY_AUTHORIZATION;
import static dev.gatewarden.core.decision.Threat.API5_FUNCTION_AUTHORIZATION;
import static dev.gatewarden.core.decision.Threat.API6_BUSINESS_FLOWS;
import static dev.gatewarden.core.decision.Threat.API8_MISCONFIGURATION;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.demo.broken.Flaw;
import dev.gatewarden.demo.broken.Story;

/// What the parcel service can do wrong.
public enum ParcelsFault implements Flaw {
  PARCEL_READ(
      "parcels of others can be read",
      API1_OBJECT_AUTHORIZATION,
      639,
      "GET /parcels/{parcelId}",
      "bob gets `/parcels/1`, which is alice's, and sees her address",
      "404, as for a parcel that is not there"),
  PARCEL_WRITE(
      "parcels of others can be changed",
      API1_OBJECT_AUTHORIZATION,
      639,
      "PATCH /parcels/{parcelId}",
      "bob sends `{\"address\":\"my door\"}` to `/parcels/1` and gets 200; alice's parcel goes to"
          + " him",
      "404, and nothing changes"),
  PARCEL_WRITE_SAID_ABSENT(
      "parcels of others are changed under a 404",
      API1_OBJECT_AUTHORIZATION,
      696,
      "PATCH /parcels/{parcelId}",
      "bob sends a new address to `/parcels/1` and gets 404; alice reads her parcel and finds the"
          + " new address",
      "404, and nothing changes"),
  PARCEL_DELETE(
      "parcels of others can be removed",
      API1_OBJECT_AUTHORIZATION,
      639,
      "DELETE /parcels/{parcelId}",
      "bob deletes `/parcels/1` and gets 204; alice finds nothing there",
      "404, and the parcel stays"),
  LABEL_BY_QUERY(
      "the query names a parcel, and nobody asks whose it is",
      API1_OBJECT_AUTHORIZATION,
      639,
      "GET /labels",
      "bob gets `/labels?parcelId=1` and reads alice's address from the label",
      "404, as for a parcel that is not there"),
  HANDOVER_BY_BODY(
      "the body names a parcel, and nobody asks whose it is",
      API1_OBJECT_AUTHORIZATION,
      639,
      "POST /handovers",
      "bob posts `{\"parcelId\":1,\"to\":\"bob\"}`, gets 200, and owns alice's parcel",
      "404, and the parcel stays whose it was"),
  NOTES_OF_FOREIGN_PARENT(
      "the parent is never asked whose it is",
      API1_OBJECT_AUTHORIZATION,
      639,
      "GET /parcels/{parcelId}/notes",
      "bob gets `/parcels/1/notes` and reads the notes on alice's parcel",
      "404, as for a parcel that is not there"),
  NOTE_OF_OTHER_PARENT(
      "a child is found below any parent",
      API1_OBJECT_AUTHORIZATION,
      639,
      "GET /parcels/{parcelId}/notes/{noteId}",
      "bob gets `/parcels/3/notes/1`: the parcel is his, the note is on alice's, and he reads it",
      "404: the note is not on that parcel"),
  LIST_OF_EVERYBODY(
      "the list holds what belongs to others",
      API1_OBJECT_AUTHORIZATION,
      639,
      "GET /parcels",
      "bob gets `/parcels` and finds parcels whose `senderId` is not his",
      "the list holds the caller's own"),
  ABSENT_DIFFERS_FROM_FOREIGN(
      "answers tell which ids are taken",
      API1_OBJECT_AUTHORIZATION,
      204,
      "GET /parcels/{parcelId}",
      "bob gets 403 from `/parcels/1` and 404 from `/parcels/999`, and counts how many there are",
      "404 with the same body for both"),
  CREATE_SETS_PRICE(
      "a new parcel takes its price from the caller",
      API3_PROPERTY_AUTHORIZATION,
      915,
      "POST /parcels",
      "bob posts a parcel with `\"priceCents\":0` and gets 201; reading it shows the price of 0",
      "400 for a field that nobody asked for"),
  PATCH_SETS_STATUS(
      "a change takes fields that only the service may set",
      API3_PROPERTY_AUTHORIZATION,
      915,
      "PATCH /parcels/{parcelId}",
      "bob sends `{\"status\":\"refunded\"}` to his own parcel; reading it shows that it took",
      "400 for a field that nobody asked for"),
  ADMIN_LIST_FOR_ALL(
      "the administrator's list is open to everybody",
      API5_FUNCTION_AUTHORIZATION,
      285,
      "GET /admin/parcels",
      "bob gets `/admin/parcels` and sees every parcel of the company",
      "403 for whoever is no administrator"),
  REFUND_FOR_ALL(
      "an administrator's action is open to everybody",
      API5_FUNCTION_AUTHORIZATION,
      862,
      "POST /parcels/{parcelId}/refund",
      "bob posts to `/parcels/3/refund`, which is his own, and has his money back",
      "403 for whoever is no administrator"),
  REFUND_BY_PUT(
      "another method gets past the check of the role",
      API5_FUNCTION_AUTHORIZATION,
      650,
      "PUT /parcels/{parcelId}/refund",
      "bob puts to `/parcels/3/refund`, where posting is forbidden, and has his money back",
      "405: there is only POST"),
  VOUCHER_TWICE(
      "a voucher for one use is used twice at once",
      API6_BUSINESS_FLOWS,
      367,
      "POST /vouchers/{code}/redemption",
      "bob makes a voucher, redeems it by two requests at the same moment, and both give 200; his"
          + " credit shows it twice",
      "one gives 200, the other 409"),
  READ_WITHOUT_TOKEN(
      "an operation answers whoever has no token",
      API2_AUTHENTICATION,
      306,
      "GET /parcels/{parcelId}",
      "`/parcels/1` without `Authorization` gives 200",
      "401 with a challenge"),
  ODD_ID_FAILS(
      "an id that is no number breaks the service",
      API8_MISCONFIGURATION,
      248,
      "GET /parcels/{parcelId}",
      "`/parcels/abc` gives 500",
      "404, as for a parcel that is not there");

  private final Story story;

  ParcelsFault(String title, Threat threat, int cwe, String where, String shown, String repaired) {
    this.story = new Story(title, threat, cwe, where, shown, repaired);
  }

  @Override
  public Story story() {
    return story;
  }
}
