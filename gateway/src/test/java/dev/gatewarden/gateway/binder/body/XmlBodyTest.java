package dev.gatewarden.gateway.binder.body;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Detail;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.gateway.binder.Promise;
import dev.gatewarden.gateway.binder.RequestBinder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XmlBodyTest {
  private static final Promise PROMISE =
      Promise.of(
          """
          openapi: 3.1.0
          info: {title: t, version: '1'}
          paths:
            /x:
              post:
                operationId: op
                security: []
                requestBody:
                  content:
                    application/xml: {schema: {$ref: '#/components/schemas/Order'}}
                    application/soap+xml: {schema: {$ref: '#/components/schemas/Spaced'}}
                    text/xml: {schema: {$ref: '#/components/schemas/List'}}
                responses: {'200': {description: ok}}
          components:
            schemas:
              Order:
                type: object
                required: [id]
                properties:
                  id: {type: integer, xml: {attribute: true}}
                  sku: {type: string, maxLength: 8, xml: {name: SKU}}
                  paid: {type: boolean}
                  note: {type: [string, 'null']}
                  amount: {type: [number, 'null']}
                  tags: {type: array, items: {type: string}}
                  lines:
                    type: array
                    xml: {wrapped: true}
                    items:
                      type: object
                      xml: {name: line}
                      properties:
                        n: {type: integer}
                        unit: {type: string, xml: {attribute: true}}
                  codes: {type: array, xml: {wrapped: true, name: Codes}, items: {type: integer}}
                  inner: {type: object, properties: {deep: {$ref: '#/components/schemas/Order'}}}
                  price:
                    type: object
                    properties:
                      currency: {type: string, xml: {attribute: true}}
                      value: {type: number, xml: {nodeType: text}}
                  role: {type: string, x-gatewarden-write: ['role:admin'], xml: {attribute: true, name: Role}}
              Spaced:
                type: object
                xml: {name: spaced, namespace: 'urn:a'}
                properties:
                  plain: {type: string}
                  other: {type: string, xml: {namespace: 'urn:b', prefix: b}}
                  at: {type: string, xml: {attribute: true, namespace: 'urn:b', prefix: b}}
              List:
                type: array
                xml: {name: list}
                items: {type: integer, xml: {name: item}}
          """);

  private static Reading read(String body) {
    return read("application/xml", body);
  }

  private static Reading read(String type, String body) {
    assertThat(PROMISE.problems()).isEmpty();
    return PROMISE.post("/x", type, body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "<Order id='1'/> | {\"id\":1}",
        "<?xml version='1.0' encoding='utf-8'?> <Order id='1'></Order> | {\"id\":1}",
        "<Order id='1'> <SKU>a</SKU> </Order> | {\"id\":1,\"sku\":\"a\"}",
        "<Order id='1'><SKU>1</SKU></Order> | {\"id\":1,\"sku\":\"1\"}",
        "<Order id='1'><SKU> &lt;&#65;&amp; </SKU></Order> | {\"id\":1,\"sku\":\" <A& \"}",
        "<Order id='1'><SKU><![CDATA[<&]]></SKU></Order> | {\"id\":1,\"sku\":\"<&\"}",
        "<Order id='1'><SKU/></Order> | {\"id\":1,\"sku\":\"\"}",
        "<Order id='1'><paid>true</paid></Order> | {\"id\":1,\"paid\":true}",
        "<Order id='1'><amount>-1.5e2</amount></Order> | {\"id\":1,\"amount\":-1.5e2}",
        "<Order id='1'><tags>a</tags></Order> | {\"id\":1,\"tags\":[\"a\"]}",
        "<Order id='1'><tags>a</tags><paid>true</paid><tags>b</tags></Order> |"
            + " {\"id\":1,\"tags\":[\"a\",\"b\"],\"paid\":true}",
        "<Order id='1'><lines><line unit='kg'><n>1</n></line><line/></lines></Order> |"
            + " {\"id\":1,\"lines\":[{\"unit\":\"kg\",\"n\":1},{}]}",
        "<Order id='1'><lines/></Order> | {\"id\":1,\"lines\":[]}",
        "<Order id='1'><Codes><Codes>1</Codes></Codes></Order> | {\"id\":1,\"codes\":[1]}",
        "<Order id='1'><inner><deep id='2'/></inner></Order> |"
            + " {\"id\":1,\"inner\":{\"deep\":{\"id\":2}}}",
        "<Order id='1'><price currency='EUR'>1.50</price></Order> |"
            + " {\"id\":1,\"price\":{\"currency\":\"EUR\",\"value\":1.50}}",
        "<Order id='1'><note xmlns:i='http://www.w3.org/2001/XMLSchema-instance'"
            + " i:nil='true'/></Order> | {\"id\":1,\"note\":null}",
        "<Order id='1'><note>null</note></Order> | {\"id\":1,\"note\":\"null\"}",
      })
  void reads_xml_as_the_object_it_stands_for(String body, String json) {
    Reading reading = read(body);
    assertThat(reading.explain()).isEmpty();
    assertThat(reading.conforms()).isTrue();
    assertThat(reading.complete()).isTrue();
    assertThat(reading.bytes().utf8()).isEqualTo(json);
    assertThat(reading.whole().utf8()).isEqualTo(body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "<Order/> | body/Order",
        "<order id='1'/> | body",
        "<Order xmlns='urn:x' id='1'/> | body",
        "<Order id='01'/> | body/Order/@id",
        "<Order ID='1'/> | body/Order/@ID",
        "<Order id='1' x='2'/> | body/Order/@x",
        "<Order id='1' xmlns:x='urn:x' x:id='2'/> | body/Order/@id",
        "<Order><id>1</id></Order> | body/Order/id",
        "<Order id='1'><id>2</id></Order> | body/Order/id",
        "<Order id='1'><sku>a</sku></Order> | body/Order/sku",
        "<Order id='1'><Sku>a</Sku></Order> | body/Order/Sku",
        "<Order id='1'><SKU>123456789</SKU></Order> | body/Order/SKU",
        "<Order id='1'><SKU>a</SKU><SKU>b</SKU></Order> | body/Order/SKU",
        "<Order id='1'><SKU>a<![CDATA[b]]></SKU></Order> | body/Order/SKU",
        "<Order id='1'><SKU><![CDATA[b]]>a</SKU></Order> | body/Order/SKU",
        "<Order id='1'><SKU>a<!-- x -->b</SKU></Order> | body/Order/SKU",
        "<!-- x --><Order id='1'/> | body",
        "<Order id='1'/><!-- x --> | body",
        "<?php x?><Order id='1'/> | body",
        "<Order id='1'><?php x?></Order> | body/Order",
        "<Order id='1'>text<SKU>a</SKU></Order> | body/Order",
        "<Order id='1'>text</Order> | body/Order",
        "<Order id='1'><SKU unit='x'>a</SKU></Order> | body/Order/SKU/@unit",
        "<Order id='1'><SKU><b>a</b></SKU></Order> | body/Order/SKU/b",
        "<Order id='1'><paid>1</paid></Order> | body/Order/paid",
        "<Order id='1'><amount>1,5</amount></Order> | body/Order/amount",
        "<Order id='1'><amount> 1 </amount></Order> | body/Order/amount",
        "<Order id='1'><lines><line><n>x</n></line></lines></Order> | body/Order/lines/line[1]/n",
        "<Order id='1'><lines><n>1</n></lines></Order> | body/Order/lines/n",
        "<Order id='1'><line><n>1</n></line></Order> | body/Order/line",
        "<Order id='1'><lines>x</lines></Order> | body/Order/lines",
        "<Order id='1'><lines a='b'/></Order> | body/Order/lines/@a",
        "<Order id='1'><lines/><lines/></Order> | body/Order/lines",
        "<Order id='1'><Codes><codes>1</codes></Codes></Order> | body/Order/Codes/codes",
        "<Order id='1'><price currency='EUR'>x</price></Order> | body/Order/price",
        "<Order id='1'><x:SKU xmlns:x='urn:x'>a</x:SKU></Order> | body/Order/SKU",
        "<Order id='1'><SKU xmlns:i='http://www.w3.org/2001/XMLSchema-instance'"
            + " i:nil='true'/></Order> | body/Order/SKU",
        "<Order id='1'><note xmlns:i='http://www.w3.org/2001/XMLSchema-instance'"
            + " i:nil='true'>x</note></Order> | body/Order/note",
        "<Order id='1'><note xmlns:i='http://www.w3.org/2001/XMLSchema-instance'"
            + " i:nil='1'/></Order> | body/Order/note/@nil",
        "<Order id='1' xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:type='Admin'/> |"
            + " body/Order/@type",
        "<Order id='1' xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:schemaLocation='urn:x"
            + " http://evil.example/x.xsd'/> | body/Order/@schemaLocation",
        "<Order id='1'/><Order id='1'/> | body",
        "<Order id='1'> | body/Order",
        "<Order id='1' id='2'/> | body",
        "<Order id=1/> | body",
        "<Order id='1'>&nbsp;</Order> | body/Order",
        "<!DOCTYPE Order><Order id='1'/> | body",
        "<!DOCTYPE Order [<!ENTITY a 'b'>]><Order id='1'><SKU>&a;</SKU></Order> | body",
        "<!DOCTYPE Order [<!ATTLIST Order Role CDATA 'admin'>]><Order id='1'/> | body",
        "<!DOCTYPE Order SYSTEM 'http://127.0.0.1:1/x.dtd'><Order id='1'/> | body",
        "<!DOCTYPE Order [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><Order"
            + " id='1'><SKU>&a;</SKU></Order> | body",
        "<?xml version='1.0' encoding='utf-16'?><Order id='1'/> | body",
        "<?xml version='1.0' encoding='iso-8859-1'?><Order id='1'/> | body",
        "<?xml version='1.1'?><Order id='1'/> | body",
        "{\"id\":1} | body",
        "x | body",
      })
  void refuses_and_points_at(String body, String where) {
    Reading reading = read(body);
    assertThat(reading.conforms()).isFalse();
    assertThat(reading.explain()).extracting(Detail::instanceLocation).contains(where);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "<spaced xmlns='urn:a'><plain>x</plain></spaced> | good",
        "<a:spaced xmlns:a='urn:a'><a:plain>x</a:plain></a:spaced> | good",
        "<spaced xmlns='urn:a' xmlns:b='urn:b' b:at='y'><b:other>x</b:other></spaced> | good",
        "<spaced xmlns='urn:a' xmlns:c='urn:b'><c:other>x</c:other></spaced> | good",
        "<spaced><plain>x</plain></spaced> | bad",
        "<a:spaced xmlns:a='urn:a'><plain>x</plain></a:spaced> | bad",
        "<spaced xmlns='urn:a'><other>x</other></spaced> | bad",
        "<spaced xmlns='urn:a' at='y'/> | bad",
        "<spaced xmlns='urn:b'/> | bad",
      })
  void checks_namespaces_and_not_prefixes(String body, String expected) {
    assertThat(read("application/soap+xml", body).conforms()).isEqualTo(expected.equals("good"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "<list><item>1</item><item>2</item></list> | [1,2]",
        "<list/> | []",
      })
  void reads_a_list_as_the_root(String body, String json) {
    Reading reading = read("text/xml", body);
    assertThat(reading.explain()).isEmpty();
    assertThat(reading.bytes().utf8()).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<list><Item>1</Item></list>", "<list>1</list>", "<item>1</item>"})
  void refuses_another_list(String body) {
    assertThat(read("text/xml", body).conforms()).isFalse();
  }

  @Test
  void takes_the_mark_of_utf_8_and_no_other_encoding() {
    assertThat(read("\uFEFF<Order id='1'/>").conforms()).isTrue();
    byte[] utf16 = "<Order id='1'/>".getBytes(StandardCharsets.UTF_16);
    byte[] latin = "<Order id='1'><SKU>\u00e9</SKU></Order>".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(conforms(utf16)).isFalse();
    assertThat(conforms(latin)).isFalse();
  }

  private static boolean conforms(byte[] body) {
    return PROMISE.bind("POST", "/x", Bytes.of(body), "content-type", "application/xml")
            instanceof RequestBinder.Bound.Calls calls
        && calls.each().getFirst().body().conforms();
  }

  @Test
  void bounds_depth_and_attributes() {
    String open = "<inner><deep id='1'>";
    String close = "</deep></inner>";
    assertThat(read("<Order id='1'>" + open.repeat(31) + close.repeat(31) + "</Order>").conforms())
        .isTrue();
    assertThat(read("<Order id='1'>" + open.repeat(32) + close.repeat(32) + "</Order>").conforms())
        .isFalse();
    StringBuilder attributes = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      attributes.append(" a").append(i).append("=''");
    }
    assertThat(read("<Order id='1'" + attributes + "/>").conforms()).isFalse();
  }

  @Test
  void reads_long_documents_to_their_end() throws Exception {
    String many = "<tags>" + "x".repeat(100) + "</tags>";
    assertThat(beside("<Order id='1'>" + many.repeat(5000) + "</Order>")).isTrue();
    assertThat(beside("<Order id='1'>" + many.repeat(5000) + "</order>")).isFalse();
    assertThat(beside("<Order id='1'>" + "<inner>".repeat(100_000))).isFalse();
    StringBuilder attributes = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      attributes.append(" a").append(i).append("=''");
    }
    assertThat(beside("<Order id='1'" + attributes + "/>")).isFalse();
  }

  /// Long bodies are read on a thread of their own.
  private static boolean beside(String body) throws Exception {
    boolean[] conforms = new boolean[1];
    Thread.ofVirtual().start(() -> conforms[0] = read(body).conforms()).join();
    return conforms[0];
  }

  @Test
  void finds_the_restricted_property_in_an_attribute() {
    Reading reading = read("<Order Role='admin' id='1'/>");
    assertThat(reading.conforms()).isTrue();
    assertThat(reading.marks()).hasSize(1);
    assertThat(reading.marks().getFirst().meaning()).isInstanceOf(Reading.Meaning.Writable.class);
  }
}
