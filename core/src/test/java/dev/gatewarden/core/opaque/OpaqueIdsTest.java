package dev.gatewarden.core.opaque;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.contract.Access;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.ObjectType.Form;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.PublicId;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.identity.Secret;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class OpaqueIdsTest {
  private static final Secret NEW = Secret.of("n".repeat(32));
  private static final Secret OLD = Secret.of("o".repeat(32));
  private static final Tenant NORTH = OpaqueIds.tenant("north");
  private static final Tenant SOUTH = OpaqueIds.tenant("south");
  private static final PublicId UUID_LIKE = new PublicId.Uuid();
  private static final PublicId TEXT = new PublicId.Text();
  private static final PublicId RANGE = new PublicId.Number(PublicId.EXACT, 1L << 31);
  private static final PublicId NARROW = new PublicId.Number(7_999_999, 999_999);

  private static ObjectType type(String name, Form form, PublicId publicId) {
    return new ObjectType(
        name,
        new ObjectType.Id(Objects.requireNonNull(PointerPattern.parse("/id")), form),
        null,
        null,
        Map.of(),
        Map.of(),
        Access.OWNER,
        List.of(),
        null,
        ObjectType.Unknown.DENY,
        publicId,
        null,
        new Place(new Place.Origin(URI.create("memory:x"), "x"), 1, 1, Place.Path.ROOT),
        List.of(),
        false);
  }

  private static OpaqueType order(Form form, PublicId as, Secret... keys) {
    return OpaqueIds.of(List.of(keys)).of(type("order", form, as));
  }

  private static String sealed(OpaqueType type, String id, Tenant tenant) {
    return Objects.requireNonNull(type.seal(id, tenant));
  }

  @Property(tries = 200)
  void numbers_come_back_from_every_form(@ForAll @LongRange(min = 0, max = 999_999) long number) {
    String id = Long.toString(number);
    for (PublicId as : List.of(UUID_LIKE, TEXT, RANGE, NARROW)) {
      OpaqueType type = order(Form.INTEGER, as, NEW);
      assertThat(type.open(sealed(type, id, NORTH), NORTH)).as(as.text()).isEqualTo(id);
    }
  }

  @Property(tries = 200)
  void uuids_come_back_from_every_form(@ForAll("uuids") String id) {
    for (PublicId as : List.of(UUID_LIKE, TEXT)) {
      OpaqueType type = order(Form.UUID, as, NEW);
      assertThat(type.open(sealed(type, id, NORTH), NORTH)).as(as.text()).isEqualTo(id);
    }
  }

  @Provide
  Arbitrary<String> uuids() {
    return Arbitraries.longs()
        .tuple2()
        .map(
            two ->
                new UUID(
                        two.get1() & ~0xF000L | (1 + Math.floorMod(two.get1(), 8L)) << 12,
                        two.get2() & (1L << 62) - 1 | 1L << 63)
                    .toString());
  }

  @Property(tries = 200)
  void texts_come_back(@ForAll String id) {
    OpaqueType type = order(Form.STRING, TEXT, NEW);
    String seal = type.seal(id, NORTH);
    if (!id.isEmpty() && !hasLoneSurrogates(id)) {
      assertThat(type.open(Objects.requireNonNull(seal), NORTH)).isEqualTo(id);
    }
  }

  private static boolean hasLoneSurrogates(String text) {
    return text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }

  @Property(tries = 200)
  void what_proves_itself_opens_for_its_own_tenant_and_type_alone(
      @ForAll @LongRange(min = 0, max = PublicId.EXACT) long number) {
    String id = Long.toString(number);
    for (PublicId as : List.of(UUID_LIKE, TEXT)) {
      OpaqueType type = order(Form.INTEGER, as, NEW);
      OpaqueType other = OpaqueIds.of(List.of(NEW)).of(type("invoice", Form.INTEGER, as));
      String seal = sealed(type, id, NORTH);
      assertThat(type.open(seal, SOUTH)).isNull();
      assertThat(type.open(seal, OpaqueIds.tenant(null))).isNull();
      assertThat(other.open(seal, NORTH)).isNull();
      assertThat(order(Form.INTEGER, as, OLD).open(seal, NORTH)).isNull();
      assertThat(type.open(id, NORTH)).isNull();
    }
  }

  @Property(tries = 200)
  void what_has_no_proof_opens_to_something_else_or_nothing(
      @ForAll @LongRange(min = 0, max = 999_999) long number, @ForAll("uuids") String uuid) {
    OpaqueType range = order(Form.INTEGER, RANGE, NEW);
    assertThat(range.open(sealed(range, Long.toString(number), NORTH), SOUTH))
        .isNotEqualTo(Long.toString(number));
    OpaqueType like = order(Form.UUID, UUID_LIKE, NEW);
    assertThat(like.open(sealed(like, uuid, NORTH), SOUTH)).isNotEqualTo(uuid);
  }

  @Test
  void no_two_ids_look_alike_and_none_looks_like_its_neighbour() {
    for (PublicId as : List.of(UUID_LIKE, TEXT, RANGE, NARROW)) {
      OpaqueType type = order(Form.INTEGER, as, NEW);
      Set<String> seen = new HashSet<>();
      for (int i = 0; i < 5_000; i++) {
        String seal = sealed(type, Integer.toString(i), NORTH);
        assertThat(seen.add(seal)).isTrue();
        assertThat(seal).isNotEqualTo(Integer.toString(i));
      }
    }
  }

  @Test
  void both_neighbours_of_each_bound() {
    OpaqueType uuid = order(Form.INTEGER, UUID_LIKE, NEW);
    assertThat(uuid.seal("9007199254740991", NORTH)).isNotNull();
    assertThat(uuid.seal("9007199254740992", NORTH)).isNull();
    assertThat(uuid.seal("0", NORTH)).isNotNull();
    assertThat(uuid.seal("-1", NORTH)).isNull();

    OpaqueType narrow = order(Form.INTEGER, NARROW, NEW);
    assertThat(narrow.seal("999999", NORTH)).isNotNull();
    assertThat(narrow.seal("1000000", NORTH)).isNull();
    for (int i = 0; i < 2_000; i++) {
      long seal = Long.parseLong(sealed(narrow, Integer.toString(i), NORTH));
      assertThat(seal).isBetween(1L, 7_999_999L);
    }
    assertThat(narrow.open("8000000", NORTH)).isNull();
    assertThat(narrow.open("0", NORTH)).isNull();
    assertThat(narrow.open("-8", NORTH)).isNull();
  }

  @Test
  void an_inner_bound_turns_guesses_away() {
    OpaqueType type = order(Form.INTEGER, new PublicId.Number(PublicId.EXACT, 1_000), NEW);
    for (long guess = 1; guess < 20_000; guess++) {
      assertThat(type.open(Long.toString(guess), NORTH)).isNull();
    }
  }

  @Test
  void each_id_is_written_in_one_way() {
    OpaqueType number = order(Form.INTEGER, RANGE, NEW);
    String digits = sealed(number, "17", NORTH);
    for (String other : List.of("0" + digits, "+" + digits, digits + ".0", digits + " ", "")) {
      assertThat(number.open(other, NORTH)).as(other).isNull();
    }
    OpaqueType text = order(Form.STRING, TEXT, NEW);
    String seal = sealed(text, "ORD-17", NORTH);
    assertThat(text.open(seal + "=", NORTH)).isNull();
    assertThat(text.open(seal + "==", NORTH)).isNull();
    assertThat(text.open(seal.toUpperCase(Locale.ROOT), NORTH)).isNull();
    assertThat(text.open(seal.replace('-', '+').replace('_', '/') + "A", NORTH)).isNull();
    for (char last = 'A'; last <= 'z'; last++) {
      String other = seal.substring(0, seal.length() - 1) + last;
      assertThat(other.equals(seal) || text.open(other, NORTH) == null).as(other).isTrue();
    }
  }

  @Test
  void capital_letters_of_a_uuid_count_as_small_ones() {
    OpaqueType type = order(Form.INTEGER, UUID_LIKE, NEW);
    String seal = sealed(type, "17", NORTH);
    assertThat(type.open(seal.toUpperCase(Locale.ROOT), NORTH)).isEqualTo("17");
    assertThat(type.open("{" + seal + "}", NORTH)).isNull();
    assertThat(type.open(seal.replace("-", ""), NORTH)).isNull();
    assertThat(type.open("urn:uuid:" + seal, NORTH)).isNull();
  }

  @Test
  void a_number_in_a_uuid_is_of_version_8() {
    UUID seal = UUID.fromString(sealed(order(Form.INTEGER, UUID_LIKE, NEW), "17", NORTH));
    assertThat(seal.version()).isEqualTo(8);
    assertThat(seal.variant()).isEqualTo(2);
  }

  @Test
  void no_flipped_bit_opens() {
    for (PublicId as : List.of(UUID_LIKE, TEXT)) {
      OpaqueType type = order(Form.INTEGER, as, NEW);
      String seal = sealed(type, "17", NORTH);
      for (int i = 0; i < seal.length(); i++) {
        for (int bit = 0; bit < 7; bit++) {
          char[] other = seal.toCharArray();
          other[i] ^= (char) (1 << bit);
          String text = new String(other);
          if (!text.equalsIgnoreCase(seal)) {
            assertThat(type.open(text, NORTH)).as(text).isNull();
          }
        }
      }
    }
  }

  @Test
  void a_uuid_of_no_known_version_cannot_stand_in_the_form_of_one() {
    OpaqueType type = order(Form.UUID, UUID_LIKE, NEW);
    assertThat(type.seal("00000000-0000-1000-8000-000000000000", NORTH)).isNotNull();
    assertThat(type.seal("00000000-0000-8000-bfff-000000000000", NORTH)).isNotNull();
    assertThat(type.seal("00000000-0000-0000-8000-000000000000", NORTH)).isNull();
    assertThat(type.seal("00000000-0000-9000-8000-000000000000", NORTH)).isNull();
    assertThat(type.seal("00000000-0000-4000-7000-000000000000", NORTH)).isNull();
    assertThat(type.seal("00000000-0000-4000-c000-000000000000", NORTH)).isNull();
  }

  @Test
  void an_old_key_is_understood_until_it_goes() {
    for (PublicId as : List.of(UUID_LIKE, TEXT, RANGE)) {
      String before = sealed(order(Form.INTEGER, as, OLD), "17", NORTH);
      OpaqueType both = order(Form.INTEGER, as, NEW, OLD);

      assertThat(both.open(before, NORTH)).isEqualTo("17");
      assertThat(sealed(both, "17", NORTH))
          .isNotEqualTo(before)
          .isEqualTo(sealed(order(Form.INTEGER, as, NEW), "17", NORTH));
      assertThat(order(Form.INTEGER, as, NEW).open(before, NORTH)).isNull();
    }
  }

  @Test
  void the_tenant_of_nobody_is_no_tenant_without_a_name() {
    OpaqueType type = order(Form.INTEGER, UUID_LIKE, NEW);
    assertThat(type.open(sealed(type, "17", OpaqueIds.tenant("")), OpaqueIds.tenant(null)))
        .isNull();
  }

  @Test
  void keys_have_to_be_long_and_different() {
    assertThatThrownBy(() -> OpaqueIds.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OpaqueIds.of(List.of(Secret.of("n".repeat(31)))))
        .hasMessageContaining("31 bytes");
    assertThatThrownBy(() -> OpaqueIds.of(List.of(NEW, OLD, NEW)))
        .hasMessageContaining("listed twice");
  }

  @Test
  void keys_that_cannot_be_told_apart_are_no_two_keys() {
    ObjectType range = type("order", Form.INTEGER, RANGE);
    int clashes = 0;
    for (int i = 0; i < 40; i++) {
      OpaqueIds two = OpaqueIds.of(List.of(NEW, Secret.of("%032d".formatted(i))));
      try {
        OpaqueType unused = two.of(range);
      } catch (IllegalArgumentException clash) {
        assertThat(clash).hasMessageContaining("make another new key");
        clashes++;
      }
    }
    assertThat(clashes).isBetween(1, 20);
  }

  @Test
  void ids_stay_as_they_are_from_version_to_version() {
    Secret key = Secret.of("0123456789abcdef0123456789abcdef");
    assertThat(
            List.of(
                sealed(order(Form.INTEGER, UUID_LIKE, key), "17", NORTH),
                sealed(order(Form.INTEGER, RANGE, key), "17", NORTH),
                sealed(order(Form.STRING, TEXT, key), "17", NORTH),
                sealed(order(Form.INTEGER, TEXT, key), "17", NORTH),
                sealed(
                    order(Form.UUID, UUID_LIKE, key),
                    "01890a5d-ac96-774b-bcce-b302099a8057",
                    NORTH)))
        .containsExactly(
            "5facfbb0-c6ef-884c-999a-206d0dae1bee",
            "5664413897577069",
            "YOWZzWMslPQPF_i79GP1GVAe",
            "A90IhTHkzZWe3H7FCjI8XMoEy8AHcyNI",
            "f534a12a-32ae-7315-783f-d69d54efcb1b");
  }

  @Test
  void a_text_of_another_form_is_no_id() {
    OpaqueType number = order(Form.INTEGER, TEXT, NEW);
    OpaqueType uuid = order(Form.UUID, TEXT, NEW);
    OpaqueType text = order(Form.STRING, TEXT, NEW);
    String ofNumber = sealed(number, "17", NORTH);
    String ofUuid = sealed(uuid, "00112233-4455-4677-8899-aabbccddeeff", NORTH);
    assertThat(uuid.open(ofNumber, NORTH)).isNull();
    assertThat(number.open(ofUuid, NORTH)).isNull();
    assertThat(text.open(ofUuid, NORTH)).isNull();
    for (String id : List.of("a", "\u00ff1234567", "1234567890abcdef1")) {
      String ofText = sealed(text, id, NORTH);
      assertThat(number.open(ofText, NORTH)).as(id).isNull();
      assertThat(uuid.open(ofText, NORTH)).as(id).isNull();
    }
  }
}
