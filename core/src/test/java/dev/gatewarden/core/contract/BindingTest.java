package dev.gatewarden.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.contract.ObjectBinding.Does;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The object binding as users write it, and what does not load.
class BindingTest {
  /// Orders of customers, who are accounts' users; lines 1 to 44.
  private static final String SHOP =
      """
      openapi: 3.1.0
      info: {title: Shop, version: 1}
      security: []
      components:
        x-gatewarden-objects:
          account:
            id: {at: /id}
            owner: {at: /id, is: principal.subject}
          order:
            id: {at: /id, as: uuid}
            owner: {at: /customerId}
            tenant: {at: /tenantId, is: principal.claim(/org/id)}
            parent: {account: /accountId}
            refs: {account: /billTo}
            access: {read: [owner, 'role:support'], write: [owner]}
            read-by: getOrder
            public-id: opaque
            table: {name: orders, id: id, owner: customer_id}
          product:
            id: {at: /sku}
            access: {read: [anyone], write: ['role:admin']}
        schemas:
          Order:
            type: object
            properties:
              id: {type: string, format: uuid}
              customerId: {type: string}
              tenantId: {type: string}
              accountId: {type: string}
          Orders:
            type: object
            properties:
              data: {type: array, items: {$ref: '#/components/schemas/Order'}}
              total: {type: integer}
      paths:
        /orders/{orderId}:
          parameters: [{name: orderId, in: path, required: true, schema: {type: string, format: uuid}}]
          get:
            operationId: getOrder
            x-gatewarden-object: {type: order, id: path.orderId}
            responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}}
          delete:
            operationId: deleteOrder
            x-gatewarden-object: {type: order, id: $request.path.orderId}
            responses: {'204': {description: x}}
      """;

  /// Another operation, from line 46 on.
  private static Contracts shop(String paths) {
    return Contracts.of(SHOP + paths.indent(2));
  }

  /// One POST whose body is an object with `from`, `to`, `ids`, `items/*/id`; the binding is in
  /// line 48, from column 28.
  private static Contracts post(String binding) {
    return shop(
        """
        /post:
          post:
            x-gatewarden-object: %s
            operationId: post
            requestBody:
              content:
                application/json:
                  schema:
                    type: object
                    properties:
                      from: {type: string}
                      to: {anyOf: [{type: string}, {type: 'null'}]}
                      ids: {type: array, items: {type: string}}
                      items: {type: array, items: {type: object, properties: {id: {type: string}}}}
                      deep: {$ref: '#/components/schemas/Order'}
                      free: {type: object, additionalProperties: true}
            responses: {'201': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}}
        """
            .formatted(binding));
  }

  /// One GET of a list; the binding is in line 48, from column 28.
  private static Contracts list(String binding) {
    return shop(
        """
        /orders:
          get:
            x-gatewarden-object: %s
            operationId: list
            parameters: [{name: owner, in: query, schema: {type: string}}]
            responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Orders'}}}}}
        """
            .formatted(binding));
  }

  private static ObjectBinding only(Operation operation) {
    assertThat(operation.objects().list()).hasSize(1);
    return operation.objects().list().getFirst();
  }

  @Test
  void reads_a_type() {
    ObjectType order = Contracts.of(SHOP).read().types().get("order");

    assertThat(order.id()).isEqualTo(new ObjectType.Id(pointer("/id"), ObjectType.Form.UUID));
    assertThat(order.owner())
        .isEqualTo(new ObjectType.Fact(pointer("/customerId"), new PrincipalPart.Subject()));
    assertThat(order.tenant())
        .isEqualTo(
            new ObjectType.Fact(
                pointer("/tenantId"), new PrincipalPart.Claim(List.of("org", "id"))));
    assertThat(order.parents()).isEqualTo(Map.of("account", pointer("/accountId")));
    assertThat(order.refs()).isEqualTo(Map.of("account", pointer("/billTo")));
    assertThat(order.access().read()).containsExactly(new Grant.Owner(), new Grant.Role("support"));
    assertThat(order.knownBy())
        .containsExactly(
            ObjectType.KnownBy.RELATION, ObjectType.KnownBy.RESPONSE, ObjectType.KnownBy.LOOK_UP);
    assertThat(order.unknown()).isEqualTo(ObjectType.Unknown.LOOK_UP);
    assertThat(order.opaque()).isTrue();
    assertThat(order.table())
        .isEqualTo(
            new ObjectType.Table(
                "orders",
                "id",
                new ObjectType.Column("customer_id", ObjectType.Form.STRING),
                null,
                Map.of(),
                Map.of()));
  }

  @Test
  void reads_how_public_ids_look() {
    assertThat(publicId("opaque")).isEqualTo(new PublicId.Uuid());
    assertThat(publicId("{as: uuid}")).isEqualTo(new PublicId.Uuid());
    assertThat(publicId("{as: text}")).isEqualTo(new PublicId.Text());
    assertThat(PublicId.usual(ObjectType.Form.INTEGER)).isEqualTo(new PublicId.Uuid());
    assertThat(PublicId.usual(ObjectType.Form.STRING)).isEqualTo(new PublicId.Text());
  }

  private static PublicId publicId(String said) {
    ObjectType order =
        Contracts.of(SHOP.replace("public-id: opaque", "public-id: " + said))
            .read()
            .types()
            .get("order");
    return order.publicId();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "uuid | {as: integer} | only integers can be given out as integers",
        "string | {as: uuid} | a text of any length has no room in a UUID",
        "integer | {as: number} | `as` should be one of uuid, integer, text, not `number`",
        "integer | {largest: 9000000} | `public-id` does not say `as` what",
        "integer | {as: text, inner: 5} | `inner` has no effect without `as: integer`",
        "integer | {as: integer, largest: 7999999} | `largest` should be a whole number from"
            + " 8000000",
        "integer | {as: integer, largest: 9007199254740992} | `largest` should be a whole number",
        "integer | {as: integer, largest: 8000000, inner: 1000000} | `inner` should be a whole"
            + " number from 1 to 999999",
        "integer | {as: integer, inner: 0} | `inner` should be a whole number from 1",
        "integer | {as: integer, inner: 1.5} | `inner` should be a whole number from 1",
      })
  void refuses_public_ids_that_no_id_fits(String form, String said, String message) {
    String text =
        SHOP.replaceFirst("(order:[^}]*as: )uuid", "$1" + form)
            .replace("public-id: opaque", "public-id: " + said);
    assertThat(String.join("\n", Contracts.of(text).problems())).contains(message);
  }

  @Test
  void takes_public_ids_at_both_ends_of_their_bounds() {
    for (String said :
        List.of(
            "{as: integer, largest: 8000000, inner: 999999}",
            "{as: integer, largest: 9007199254740991, inner: 1}")) {
      String text =
          SHOP.replaceFirst("(order:[^}]*as: )uuid", "$1integer")
              .replace("public-id: opaque", "public-id: " + said);
      assertThat(String.join("\n", Contracts.of(text).problems())).doesNotContain("whole number");
    }
  }

  @Test
  void reads_several_references_to_one_type_and_the_condition_of_writes() {
    ObjectType order =
        Contracts.of(
                SHOP.replace("refs: {account: /billTo}", "refs: {account: [/billTo, /lines/*/by]}")
                    .replace("public-id: opaque", "write-if: unchanged"))
            .read()
            .types()
            .get("order");

    assertThat(order.references())
        .containsExactly(
            new ObjectType.Reference("account", pointer("/billTo")),
            new ObjectType.Reference("account", pointer("/lines/*/by")));
    assertThat(order.refs()).isEqualTo(Map.of("account", pointer("/billTo")));
    assertThat(order.unchanged()).isTrue();
    assertThat(Contracts.of(SHOP.replace("public-id: opaque", "write-if: changed")).problems())
        .singleElement()
        .asString()
        .endsWith("`write-if` can only be `unchanged`");
  }

  @Test
  void refuses_references_whose_owner_only_a_response_would_show() {
    String note =
        """
            note: {id: {at: /id}, owner: {at: /by}, known-by: [response]}
            product:
        """;
    String contract =
        (SHOP + "/orders:\n".indent(2))
            .replace("    product:\n", note)
            .replace("refs: {account: /billTo}", "refs: {note: /noteId}");
    String post =
        """
            post:
              operationId: order
              x-gatewarden-object: {type: order, does: create, id: response.body#/id}
              requestBody: {content: {application/json: {schema: {properties: {%s: {type: string}}}}}}
              responses: {'201': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}}
        """;

    assertThat(Contracts.of(contract + post.formatted("noteId")).problems())
        .singleElement()
        .asString()
        .contains(
            "`order` can write the id of a `note`, whose owner can only be known from its own"
                + " response; give that type `read-by: OPERATION`");
    assertThat(Contracts.of(contract + post.formatted("text")).problems()).isEmpty();
  }

  @Test
  void tells_of_references_that_a_body_may_hold_undeclared() {
    String order =
        """
        /orders:
          post:
            operationId: order
            x-gatewarden-object: {type: order, does: create, id: response.body#/id}
            requestBody: {content: {application/json: {schema: {type: object, additionalProperties: true, properties: {%s: {type: string}}}}}}
            responses: {'201': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}}
        """;

    assertThat(shop(order.formatted("note")).read().warnings())
        .anyMatch(
            each -> each.message().contains("only a declared name is seen in every spelling"));
    assertThat(shop(order.formatted("billTo")).read().warnings())
        .noneMatch(each -> each.message().contains("only a declared name"));
  }

  @Test
  void refuses_a_look_up_below_a_parent_that_the_request_does_not_name() {
    String books =
        """
        openapi: 3.1.0
        info: {title: Books, version: 1}
        security: []
        components:
          x-gatewarden-objects:
            shelf: {id: {at: /id}, access: {read: [anyone], write: ['role:admin']}}
            book: {id: {at: /id}, owner: {at: /by}, parent: {shelf: /shelf}, read-by: getBook}
        paths:
          /shelves/{shelf}/books/{book}:
            parameters:
            - {name: shelf, in: path, required: true, schema: {type: string}}
            - {name: book, in: path, required: true, schema: {type: string}}
            get: {operationId: getBook, x-gatewarden-object: {type: book, id: path.book, within: {shelf: path.shelf}}, responses: {'200': {description: x, content: {application/json: {schema: {type: object, properties: {id: {}, by: {}}}}}}}}
            delete: {operationId: drop, x-gatewarden-object: {type: book, id: path.book, within: {shelf: path.shelf}}, responses: {'204': {description: x}}}
          /books/{book}:
            parameters: [{name: book, in: path, required: true, schema: {type: string}}]
            delete: {operationId: dropAny, x-gatewarden-object: {type: book, id: path.book}, responses: {'204': {description: x}}}
        """;

    assertThat(Contracts.of(books).problems())
        .singleElement()
        .asString()
        .endsWith(
            "`dropAny` does not say below which `shelf`, which the look-up `getBook` needs; write"
                + " `within: {shelf: …}`");
  }

  @Test
  void refuses_to_part_what_cannot_be_parted() {
    assertThat(post("{type: order, id: 'body#/items/*/id', batch: each}").problems()).isEmpty();
    assertThat(post("{type: order, id: body#/from, batch: each}").problems())
        .singleElement()
        .asString()
        .endsWith(
            "`batch: each` cuts items out of a JSON body, and `body#/from` is none of its items;"
                + " write `batch: all`");
  }

  @Test
  void takes_what_is_done_from_the_method() {
    Contracts shop = Contracts.of(SHOP);

    assertThat(only(shop.operation("getOrder")).does()).isEqualTo(Does.READ);
    assertThat(only(shop.operation("deleteOrder")).does()).isEqualTo(Does.DELETE);
    assertThat(only(shop.operation("deleteOrder")).id())
        .isEqualTo(new Selector.PathParameter("orderId"));
    assertThat(only(post("{type: order, id: response.body#/id, learn: owner}").operation("post")))
        .satisfies(
            binding -> {
              assertThat(binding.does()).isEqualTo(Does.CREATE);
              assertThat(binding.learn()).isTrue();
            });
    assertThat(only(post("{type: order, id: body#/from}").operation("post")).does())
        .isEqualTo(Does.ACT);
    assertThat(only(list("{type: order, items: response.body#/data}").operation("list")).does())
        .isEqualTo(Does.LIST);
  }

  @Test
  void takes_maps_of_objects_by_their_ids_unless_they_hold_anything_else() {
    assertThat(mapped("additionalProperties: {$ref: '#/components/schemas/Order'}")).isEmpty();
    assertThat(
            mapped(
                "properties: {page: {type: integer}}, additionalProperties: {$ref:"
                    + " '#/components/schemas/Order'}"))
        .contains(
            "shop.yaml:48:61: beside the objects, the map at `items` has `page`, which could be an"
                + " id as well; let the objects stand in a member of their own");
    assertThat(mapped("properties: {page: {type: integer}}"))
        .contains(
            "shop.yaml:48:61: `items` should select a list, or a map (`additionalProperties`) of"
                + " the objects by id");
  }

  @Test
  void refuses_to_refuse_a_stream_that_has_begun() {
    for (String type : List.of("text/event-stream", "application/json-seq")) {
      assertThat(streamed(type, "deny"))
          .contains(
              "shop.yaml:48:28: `list` answers with a stream, which cannot be refused once it has"
                  + " begun; write `foreign: filter`");
      assertThat(streamed(type, "filter")).isEmpty();
    }
    assertThat(streamed("application/jsonl", "deny")).isEmpty();
  }

  private static List<String> streamed(String type, String foreign) {
    return shop("""
    /orders:
      get:
        x-gatewarden-object: {type: order, does: list, items: response.body#, foreign: %s}
        operationId: list
        responses: {'200': {description: x, content: {%s: {itemSchema: {$ref: '#/components/schemas/Order'}}}}}
    """
            .formatted(foreign, type))
        .problems();
  }

  private static List<String> mapped(String words) {
    return shop("""
    /orders:
      get:
        x-gatewarden-object: {type: order, does: list, items: response.body#, id: 'response.body#/*#'}
        operationId: list
        responses: {'200': {description: x, content: {application/json: {schema: {type: object, %s}}}}}
    """
            .formatted(words))
        .problems();
  }

  @Test
  void reads_several_objects_batches_lists_and_aggregates() {
    List<ObjectBinding> two =
        post("[{type: account, does: act, id: body#/from}, {type: account, does: read, id:"
                + " body#/to, access: [owner]}]")
            .operation("post")
            .objects()
            .list();
    assertThat(two).extracting(ObjectBinding::does).containsExactly(Does.ACT, Does.READ);
    assertThat(two.get(1).grants()).containsExactly(new Grant.Owner());

    ObjectBinding batch =
        only(post("{type: order, id: 'body#/items/*/id', batch: all}").operation("post"));
    assertThat(batch.id()).isEqualTo(new Selector.Body(pointer("/items/*/id")));

    ObjectBinding list =
        only(
            list("{type: order, items: response.body#/data, foreign: deny, count: {at: /total,"
                    + " then: keep}}")
                .operation("list"));
    assertThat(list.foreign()).isEqualTo(ObjectBinding.Foreign.DENY);
    assertThat(list.delivery()).isEqualTo(ObjectBinding.Delivery.ITEMS);
    assertThat(list.count())
        .isEqualTo(
            new ObjectBinding.Count(List.of(pointer("/total")), ObjectBinding.Count.Then.KEEP));

    ObjectBinding sum =
        only(
            list("{type: order, does: aggregate, filter: {at: query.owner, is: principal.subject}}")
                .operation("list"));
    assertThat(sum.filter())
        .isEqualTo(
            new ObjectBinding.Filter(
                new Selector.QueryParameter("owner"), new PrincipalPart.Subject()));
  }

  @Test
  void believes_that_no_object_is_touched_when_somebody_says_why() {
    assertThat(post("{none: it only says hello}").operation("post").objects())
        .isInstanceOfSatisfying(
            ObjectBindings.None.class,
            none -> assertThat(none.because()).isEqualTo("it only says hello"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "{type: order, id: pth.id}|18: `pth.id` selects nothing; did you mean `path`? write"
            + " `path.id`",
        "{type: order, id: path.orderId}|18: `path.orderId` selects nothing: `post` has no such"
            + " path parameter",
        "{type: ordre, id: body#/from}|7: there is no object type `ordre`; did you mean `order`?",
        "{type: order, id: body#/form}|18: `/form` selects nothing: the schema of the request body"
            + " has no `form` there; did you mean `from`?",
        "{type: order, id: body#/deep/custmerId}|18: `/deep/custmerId` selects nothing: the schema"
            + " of the request body has no `custmerId` there; did you mean `customerId`?",
        "{type: order, id: body#/from/x}|18: `/from/x` selects nothing: the schema of the request"
            + " body has no `x` there",
        "{type: order, id: body#/ids}|18: `id` selects a list, not an id; write `/*` at its end for"
            + " each item",
        "{type: order, id: body#/deep}|18: `id` selects an object, not an id",
        "{type: order, id: 'body#/ids/*'}|18: `id` selects several objects; write `batch: all` if"
            + " each must pass, or `batch: each`",
        "{type: order, id: 'body#/ids/*#'}|18: `/ids/*#` selects nothing: the schema of the request"
            + " body has no `*` there; `*#` stands for the names in a map (`additionalProperties`)",
        "{type: order, id: 'body#/free/*#'}|18: `id` selects several objects; write `batch: all` if"
            + " each must pass, or `batch: each`",
        "{type: order, id: body#/from, within: {account: 'body#/free/*#'}}|48: `*#` is the name of"
            + " each member, and only `id` can be that",
        "{type: order, id: body#from}|18: `body#from` selects nothing; write `body#/a/*/id`",
        "{type: order, id: query.x}|18: `query.x` selects nothing: `post` has no such query"
            + " parameter",
        "{type: order, id: part.x}|18: `post` takes no multipart body with a schema",
        "{type: order, id: args.x}|18: `args.` belongs to GraphQL and MCP, not to OpenAPI",
        "{type: order, id: response.header.Location}|18: `response.header.Location` selects"
            + " nothing: `post` promises no such header",
        "{type: order, does: chnge, id: body#/from}|20: `does` should be one of read, list, create,"
            + " update, delete, act, aggregate, not `chnge`",
        "{typ: order, id: body#/from}|1: `typ` is not known here; did you mean `type`?",
        "none|0: `none` needs a reason; write `{none: why no object is touched}`",
        "{none: ''}|7: `none` needs a reason",
        "7|0: `x-gatewarden-object` should be a map or a list of maps, not a number",
        "{type: order, does: update, id: response.body#/id}|0: `does: update` reads the id from the"
            + " response, when it has already happened",
        "{type: order, does: delete}|0: `does: delete` needs `id`: which object?",
        "{type: order, does: list}|0: `does: list` needs `items`: where do the objects stand?;"
            + " write `items: response.body#/data`",
        "{type: order, id: body#/from, learn: owner}|0: `learn` belongs to `does: create`",
        "{type: order, does: create, learn: owner}|0: `learn` needs `id`: which object is created?;"
            + " write `id: response.body#/id`",
        "{type: order, id: body#/from, within: {acount: body#/to}}|39: `order` has no parent"
            + " `acount`; did you mean `account`?",
        "{type: order, does: aggregate}|0: `does: aggregate` counts everybody's objects; write"
            + " `filter: {at: query.OWNER, is: principal.subject}`, or `access` for who may see the"
            + " whole",
        "{type: product, id: body#/from, access: [ownr]}|41: `ownr` names nobody; did you mean"
            + " `owner`?",
        "{type: product, id: body#/from, access: [owner]}|0: `access` names the owner, and"
            + " `product` has none",
      })
  void refuses_words_that_mean_nothing(String binding, String problem) {
    int column = Integer.parseInt(problem.substring(0, problem.indexOf(':'))) + 28;
    assertThat(post(binding).problems())
        .contains("shop.yaml:48:" + column + problem.substring(problem.indexOf(':')));
  }

  @Test
  void allows_what_a_schema_leaves_open() {
    assertThat(post("{type: order, id: body#/free/any}").problems()).isEmpty();
    assertThat(post("{type: order, id: body#/to}").problems()).isEmpty();
  }

  @Test
  void refuses_an_id_that_nobody_says_whose_it_is() {
    assertThat(
            shop("""
            /invoices/{invoiceId}:
              get:
                operationId: invoice
                parameters: [{name: invoiceId, in: path, required: true, schema: {type: string}}]
                responses: {'200': {description: x}}
            /reports/{year}/{kind}:
              get:
                operationId: report
                parameters:
                  - {name: year, in: path, required: true, schema: {type: integer}}
                  - {name: kind, in: path, required: true, schema: {enum: [a, b]}}
                  - {name: X-Request-Id, in: header, schema: {type: string}}
                  - {name: limit, in: query, schema: {type: integer}}
                responses: {'200': {description: x}}
            /search:
              get:
                operationId: search
                parameters: [{name: customer_id, in: query, schema: {type: string}}]
                responses: {'200': {description: x}}
            """)
                .problems())
        .containsExactly(
            "shop.yaml:47:5: `invoice` takes `path.invoiceId` and does not say whose object that"
                + " is; write `x-gatewarden-object: {type: TYPE, id: path.invoiceId}`, or `{none:"
                + " why it is none}`",
            "shop.yaml:61:5: `search` takes `query.customer_id` and does not say whose object that"
                + " is; write `x-gatewarden-object: {type: TYPE, id: query.customer_id}`, or"
                + " `{none: why it is none}`");
  }

  @Test
  void refuses_an_unsafe_verb_whose_owner_only_the_response_would_show() {
    String types =
        """
        openapi: 3.1.0
        info: {title: Shop, version: 1}
        security: []
        components:
          x-gatewarden-objects:
            note: {id: {at: /id}, owner: {at: /by}%s}
        paths:
          /notes/{id}:
            parameters: [{name: id, in: path, required: true, schema: {type: string}}]
            delete: {operationId: drop, x-gatewarden-object: {type: note, id: path.id}, responses: {'204': {description: x}}}
        """;

    assertThat(Contracts.of(types.formatted("")).problems())
        .containsExactly(
            "shop.yaml:10:54: `drop` changes a `note` whose owner only the response would show;"
                + " give the type `read-by: OPERATION`, or let its creation `learn: owner`");
    assertThat(Contracts.of(types.formatted(", known-by: [response]")).problems()).hasSize(1);
    assertThat(Contracts.of(types.formatted(", known-by: [relation]")).problems()).isEmpty();
    assertThat(Contracts.of(types.formatted(", access: {write: ['role:admin']}")).problems())
        .isEmpty();
    assertThat(Contracts.of(types.replace("/by", "/id").formatted("")).problems()).isEmpty();
  }

  @Test
  void takes_an_owner_that_nothing_shows_where_somebody_learns_it() {
    String types =
        """
        openapi: 3.1.0
        info: {title: Shop, version: 1}
        security: []
        components:
          x-gatewarden-objects:
            note: {id: {at: /id}, owner: {is: principal.subject}%s}
        paths:
          /notes:
            get:
              operationId: all
              x-gatewarden-object: {type: note, does: list, items: response.body#, foreign: filter}
              responses: {'200': {description: x, content: {application/json: {schema: {type: array, items: {type: object, properties: {id: {type: string}}}}}}}}
            post:
              operationId: make
              x-gatewarden-object: {type: note, does: create, id: response.body#/id%s}
              responses: {'201': {description: x, content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}}}
          /notes/{id}:
            parameters: [{name: id, in: path, required: true, schema: {type: string}}]
            get: {operationId: one, x-gatewarden-object: {type: note, id: path.id}, responses: {'200': {description: x}}}
            delete: {operationId: drop, x-gatewarden-object: {type: note, id: path.id}, responses: {'204': {description: x}}}
        """;

    Contract contract = Contracts.of(types.formatted("", ", learn: owner")).read();
    ObjectType note = java.util.Objects.requireNonNull(contract.types().get("note"));
    assertThat(note.hidden()).isTrue();
    assertThat(note.knownBy()).containsExactly(ObjectType.KnownBy.RELATION);
    assertThat(Contracts.of(types.formatted(", known-by: [relation]", "")).problems()).isEmpty();
    assertThat(Contracts.of(types.formatted("", "")).problems())
        .hasSize(3)
        .allMatch(
            each ->
                each.contains(
                    "nothing tells whose a `note` is: its owner has no `at`, and nobody learns"
                        + " it; let its creation `learn: owner`"));
    assertThat(
            Contracts.of(types.formatted(", known-by: [response, relation]", ", learn: owner"))
                .problems())
        .hasSize(1)
        .first()
        .asString()
        .contains("only a relation knows what nothing shows");
    assertThat(
            Contracts.of(types.formatted("", "").replace("{is: principal.subject}", "{}"))
                .problems())
        .anyMatch(each -> each.contains("`at` is missing"));
    assertThat(
            Contracts.of(
                    types
                        .formatted("", ", learn: owner")
                        .replaceFirst("properties: \\{id:", "properties: {nr:"))
                .problems())
        .hasSize(1)
        .first()
        .asString()
        .contains("the id of a `note` should stand at `/*/id`");
  }

  @Test
  void refuses_a_look_up_that_is_none() {
    assertThat(lookUp("nothere", "")).endsWith("names no operation; did you mean `nothere2`?");
    assertThat(lookUp("deleteOrder", "")).endsWith("is a DELETE, not a GET");
    assertThat(lookUp("nothere2", "{none: no}")).endsWith("is not bound to read a `order`");
    assertThat(lookUp("nothere2", "{type: account, id: path.a}"))
        .endsWith("is not bound to read a `order`");
    assertThat(lookUp("nothere2", "{type: order, id: response.body#/id}"))
        .endsWith("takes its id neither from the path nor from the query");
    assertThat(lookUp("nothere2", "{type: order, id: path.a}"))
        .endsWith("also needs path.b, query.q, which the id does not tell");
  }

  private static String lookUp(String name, String binding) {
    String text =
        SHOP.replace("read-by: getOrder", "read-by: " + name)
            + """
              /x/{a}/{b}:
                get:
                  operationId: nothere2
                  x-gatewarden-object: %s
                  parameters:
                    - {name: a, in: path, required: true, schema: {type: string}}
                    - {name: b, in: path, required: true, schema: {type: string}}
                    - {name: q, in: query, required: true, schema: {type: string}}
                  responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}}
            """
                .formatted(binding.isEmpty() ? "{none: x}" : binding);
    return Contracts.of(text).problems().stream()
        .filter(each -> each.contains("read-by"))
        .findFirst()
        .orElse("");
  }

  @Test
  void refuses_integer_ids_that_can_pass_two_to_the_53() {
    String text =
        """
        openapi: 3.1.0
        info: {title: Shop, version: 1}
        security: []
        components:
          x-gatewarden-objects: {item: {id: {at: /id, as: integer}, access: {read: [anyone], write: ['role:a']}}}
        paths:
          /items/{id}:
            get:
              x-gatewarden-object: {type: item, id: path.id}
              parameters: [{name: id, in: path, required: true, schema: {type: integer%s}}]
              responses: {'200': {description: x}}
        """;

    assertThat(Contracts.of(text.formatted("")).problems())
        .containsExactly(
            "shop.yaml:9:28: integer ids without bound can pass 2^53, where two ids become one;"
                + " give the schema `maximum: 9007199254740991` or `format: int32`, or the type's"
                + " id `as: string`");
    assertThat(Contracts.of(text.formatted(", maximum: 9007199254740991")).problems()).isEmpty();
    assertThat(Contracts.of(text.formatted(", maximum: 9007199254740992")).problems()).hasSize(1);
    assertThat(Contracts.of(text.formatted(", format: int64")).problems()).hasSize(1);
    assertThat(Contracts.of(text.formatted(", format: int32")).problems()).isEmpty();
  }

  @Test
  void refuses_lists_whose_items_do_not_show_their_owner() {
    assertThat(list("{type: order, items: response.body#/data}").file("x", "").problems())
        .isEmpty();
    assertThat(
            Contracts.of(
                    (SHOP
                        + """
                          /orders:
                            get:
                              x-gatewarden-object: {type: order, items: response.body#/data}
                              responses: {'200': {description: x, content: {application/json: {schema: {type: object, properties: {data: {type: array, items: {type: object, properties: {id: {type: string}}}}}}}}}}
                        """
                            .indent(0)))
                .problems())
        .containsExactly(
            "shop.yaml:48:28: the owner of a `order` should stand at `/data/*/customerId` of the"
                + " response, and its schema has no such member",
            "shop.yaml:48:28: the tenant of a `order` should stand at `/data/*/tenantId` of the"
                + " response, and its schema has no such member");
  }

  @Test
  void refuses_types_that_contradict_themselves() {
    String head =
        "openapi: 3.1.0\n"
            + "info: {title: Shop, version: 1}\n"
            + "security: []\n"
            + "paths: {}\n"
            + "components:\n"
            + "  x-gatewarden-objects:\n";

    assertThat(
            Contracts.of(
                    head
                        + """
                            a: {owner: {at: /o}}
                            b: {id: {at: id}, owner: {at: '/o/*'}}
                            c: {id: {at: /id, as: number}, owner: {at: /o, is: me}}
                            d: {id: {at: /id}}
                            e: {id: {at: /id}, owner: {at: /o}, known-by: [look-up], unknown: look-up}
                            f: {id: {at: /id}, owner: {at: /o}, parent: {x: /x}, public-id: yes, acess: {}}
                            g: {id: {at: /id}, access: {read: [tenant], write: []}}
                        """
                            .indent(0))
                .problems())
        .containsExactly(
            "shop.yaml:7:5: the object type `a` has no `id`; write `id: {at: /id}`",
            "shop.yaml:8:18: `id` is no JSON pointer; did you mean `/id`?",
            "shop.yaml:8:35: `/o/*` selects several values where one decides",
            "shop.yaml:9:27: `as` should be one of uuid, integer, string, not `number`",
            "shop.yaml:9:56: `me` is nothing that a caller is proved to be; write"
                + " `principal.subject`, `principal.tenant`, `principal.client` or"
                + " `principal.claim(/x)`",
            "shop.yaml:10:5: the object type `d` is for its owner and does not say who that is;"
                + " write `owner: {at: /ownerId}`, `owner: {is: principal.subject}` where nothing"
                + " shows it, or `access`",
            "shop.yaml:11:52: `look-up` needs `read-by`: the operation that reads one object",
            "shop.yaml:11:71: `look-up` needs `read-by`: the operation that reads one object",
            "shop.yaml:12:5: the object type `f` refers to the unknown type `x`",
            "shop.yaml:12:69: `public-id` can only be `opaque`; or say how: `public-id: {as:"
                + " text}`",
            "shop.yaml:12:74: `acess` is not known here; did you mean `access`?",
            "shop.yaml:13:32: the object type `g` is for its tenant and does not say which that is;"
                + " write `tenant: {at: /tenantId}`",
            "shop.yaml:13:56: `write` lets nobody in; name a role, or leave it out");
  }

  @Test
  void lets_an_excused_operation_through_unbound() {
    Contract contract = post("{type: order, id: path.x}").excused().read();

    assertThat(contract.operation("post").objects())
        .isEqualTo(
            new ObjectBindings.Unbound(
                "`path.x` selects nothing: `post` has no such path parameter"));
    assertThat(contract.operation("getOrder").objects()).isInstanceOf(ObjectBindings.Bound.class);
    assertThat(contract.warnings()).hasSize(1);
  }

  @Test
  void reads_the_tenant_of_contract_and_operation() {
    Contracts shop =
        Contracts.of(
            """
            openapi: 3.1.0
            info: {title: Shop, version: 1}
            x-gatewarden-tenant: {from: host.label(0), is: principal.tenant}
            paths:
              /a: {get: {operationId: a, responses: {}}}
              /b:
                get:
                  operationId: b
                  x-gatewarden-tenant: {from: query.org, is: principal.claim(/org)}
                  parameters: [{name: org, in: query, schema: {type: string}}]
                  responses: {}
            """);

    assertThat(shop.operation("a").tenant().from()).isEqualTo(new Selector.HostLabel(0));
    assertThat(shop.operation("b").tenant())
        .satisfies(
            rule -> {
              assertThat(rule.from()).isEqualTo(new Selector.QueryParameter("org"));
              assertThat(rule.is()).isEqualTo(new PrincipalPart.Claim(List.of("org")));
            });
    assertThat(
            Contracts.paths(
                    "x-gatewarden-tenant: {from: path.org}\n"
                        + "paths: {/a: {get: {operationId: a, responses: {}}}}")
                .problems())
        .containsExactly(
            "shop.yaml:4:22: `path.org` selects nothing: `a` has no such path parameter");
  }

  private static PointerPattern pointer(String text) {
    PointerPattern pattern = PointerPattern.parse(text);
    assertThat(pattern).isNotNull();
    return pattern;
  }
}
