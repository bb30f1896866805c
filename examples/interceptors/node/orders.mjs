// A service that asks the gate before it shows an order.
import crypto from "node:crypto";
import http from "node:http";

const decisions = process.env.GATE_DECISIONS ?? "http://127.0.0.1:8082";
const keys = process.env.GATE_KEYS ?? "http://127.0.0.1:8081/.well-known/jwks.json";
const audience = process.env.GATE_AUDIENCE ?? "shop";
const apiKey = process.env.GATE_API_KEY ?? "";
const deadline = Number(process.env.GATE_DEADLINE ?? 500);
const orders = new Map();

class Refused extends Error {
  constructor(status) {
    super(`${status}`);
    this.status = status;
  }
}

// The gate's keys; fetched again when a token names another, once a minute at most.
let known = [];
let fetched = 0;
async function key(kid) {
  let found = known.find((each) => each.kid === kid);
  if (!found && Date.now() - fetched > (known.length ? 60_000 : 0)) {
    fetched = Date.now();
    const answer = await fetch(keys, { signal: AbortSignal.timeout(deadline) });
    known = (await answer.json()).keys;
    found = known.find((each) => each.kid === kid);
  }
  return found;
}

// Who calls, as the gate says.
async function caller(request) {
  const token = (request.headers.authorization ?? "").replace(/^Bearer /, "");
  try {
    const [head, body, signature, ...rest] = token.split(".");
    const header = JSON.parse(Buffer.from(head, "base64url").toString());
    const jwk = header.alg === "ES256" && header.typ === "JWT" ? await key(header.kid) : undefined;
    const good =
      jwk &&
      rest.length === 0 &&
      crypto.verify(
        "sha256",
        Buffer.from(`${head}.${body}`),
        { key: crypto.createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" },
        Buffer.from(signature, "base64url"),
      );
    const claims = good ? JSON.parse(Buffer.from(body, "base64url").toString()) : {};
    const now = Date.now() / 1000;
    if (claims.iss !== "gatewarden" || claims.aud !== audience) throw new Error("not for us");
    if (!(claims.exp > now - 5) || !(claims.iat <= now + 5)) throw new Error("not now");
    if (typeof claims.sub !== "string") throw new Error("of nobody");
    return { token, subject: claims.sub, tenant: claims.tenant };
  } catch {
    throw new Refused(401);
  }
}

// What the gate says of each object: 200, or the status to answer.
async function ask(who, action, ids) {
  if (ids.length === 0) return [];
  let told;
  try {
    const answer = await fetch(`${decisions}/access/v1/evaluations`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-api-key": apiKey },
      redirect: "error",
      signal: AbortSignal.timeout(deadline),
      body: JSON.stringify({
        subject: { type: "user", id: who.subject, properties: { token: who.token } },
        action: { name: action },
        evaluations: ids.map((id) => ({ resource: { type: "order", id } })),
      }),
    });
    if (answer.status !== 200) throw new Error(`the gate answers ${answer.status}`);
    told = (await answer.json()).evaluations;
  } catch {
    throw new Refused(503);
  }
  if (!Array.isArray(told) || told.length !== ids.length) throw new Refused(503);
  return told.map((each) => {
    if (each?.decision === true) return 200;
    const status = each?.context?.status;
    return [401, 403, 404].includes(status) ? status : 503;
  });
}

async function answer(request) {
  const who = await caller(request);
  const path = new URL(request.url, "http://service").pathname;
  if (path === "/orders" && request.method === "POST") {
    const id = crypto.randomUUID();
    orders.set(id, { id, customerId: who.subject, tenantId: who.tenant });
    return [201, orders.get(id)];
  }
  if (path === "/orders" && request.method === "GET") {
    const ids = [...orders.keys()].slice(0, 100);
    const said = await ask(who, "getOrder", ids);
    return [200, { data: ids.filter((_, i) => said[i] === 200).map((id) => orders.get(id)) }];
  }
  const named = /^\/orders\/([^/]+)$/.exec(path);
  if (named && request.method === "GET") {
    const id = decodeURIComponent(named[1]);
    const [said] = await ask(who, "getOrder", [id]);
    if (said !== 200) throw new Refused(said);
    if (!orders.has(id)) throw new Refused(404);
    return [200, orders.get(id)];
  }
  throw new Refused(404);
}

const server = http.createServer(async (request, response) => {
  let status = 503;
  let body = {};
  try {
    [status, body] = await answer(request);
  } catch (refused) {
    status = refused instanceof Refused ? refused.status : 503;
  }
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
});
server.listen(Number(process.env.PORT ?? 0), "127.0.0.1", () => {
  console.log(`listening on ${server.address().port}`);
});
