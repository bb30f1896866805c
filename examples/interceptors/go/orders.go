// A service that asks the gate before it shows an order.
package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

func env(name, usual string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return usual
}

type order struct {
	ID         string `json:"id"`
	CustomerID string `json:"customerId"`
	TenantID   string `json:"tenantId,omitempty"`
}

type caller struct {
	token, subject, tenant string
}

type callerKey struct{}

// gate knows who calls, as the gate says, and asks it what they may do.
type gate struct {
	decisions, keys, audience, apiKey string
	deadline                          time.Duration
	client                            *http.Client
	lock                              sync.Mutex
	known                             map[string]map[string]string
	fetched                           time.Time
}

func newGate() *gate {
	deadline, err := strconv.Atoi(env("GATE_DEADLINE", "500"))
	if err != nil {
		deadline = 500
	}
	return &gate{
		decisions: env("GATE_DECISIONS", "http://127.0.0.1:8082"),
		keys:      env("GATE_KEYS", "http://127.0.0.1:8081/.well-known/jwks.json"),
		audience:  env("GATE_AUDIENCE", "shop"),
		apiKey:    os.Getenv("GATE_API_KEY"),
		deadline:  time.Duration(deadline) * time.Millisecond,
		client: &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		}},
	}
}

// key finds a key of the gate's; they are fetched again when a token names another, once a minute at most.
func (g *gate) key(ctx context.Context, kid string) (map[string]string, error) {
	g.lock.Lock()
	defer g.lock.Unlock()
	if key, found := g.known[kid]; found {
		return key, nil
	}
	if len(g.known) > 0 && time.Since(g.fetched) < time.Minute {
		return nil, errors.New("not the gate's")
	}
	g.fetched = time.Now()
	var set struct{ Keys []map[string]string }
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, g.keys, nil)
	if err != nil {
		return nil, err
	}
	if err := g.json(request, &set); err != nil {
		return nil, err
	}
	g.known = map[string]map[string]string{}
	for _, key := range set.Keys {
		g.known[key["kid"]] = key
	}
	if key, found := g.known[kid]; found {
		return key, nil
	}
	return nil, errors.New("not the gate's")
}

func (g *gate) json(request *http.Request, into any) error {
	response, err := g.client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the gate answers %d", response.StatusCode)
	}
	return json.NewDecoder(io.LimitReader(response.Body, 1<<20)).Decode(into)
}

func (g *gate) caller(ctx context.Context, authorization string) (*caller, error) {
	token := strings.TrimPrefix(authorization, "Bearer ")
	parts := strings.Split(token, ".")
	if token == authorization || len(parts) != 3 {
		return nil, errors.New("no token")
	}
	var decoded [3][]byte
	for i, part := range parts {
		piece, err := base64.RawURLEncoding.Strict().DecodeString(part)
		if err != nil {
			return nil, err
		}
		decoded[i] = piece
	}
	var header struct{ Alg, Typ, Kid string }
	if err := json.Unmarshal(decoded[0], &header); err != nil {
		return nil, err
	}
	if header.Alg != "ES256" || header.Typ != "JWT" || len(decoded[2]) != 64 {
		return nil, errors.New("not the gate's")
	}
	jwk, err := g.key(ctx, header.Kid)
	if err != nil {
		return nil, err
	}
	x, err := base64.RawURLEncoding.DecodeString(jwk["x"])
	if err != nil {
		return nil, err
	}
	y, err := base64.RawURLEncoding.DecodeString(jwk["y"])
	if err != nil {
		return nil, err
	}
	public := ecdsa.PublicKey{Curve: elliptic.P256(), X: new(big.Int).SetBytes(x), Y: new(big.Int).SetBytes(y)}
	digest := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	r, s := new(big.Int).SetBytes(decoded[2][:32]), new(big.Int).SetBytes(decoded[2][32:])
	if !ecdsa.Verify(&public, digest[:], r, s) {
		return nil, errors.New("the signature is wrong")
	}
	var claims struct {
		Iss, Aud, Sub, Tenant string
		Exp, Iat              int64
	}
	if err := json.Unmarshal(decoded[1], &claims); err != nil {
		return nil, err
	}
	now := time.Now().Unix()
	if claims.Iss != "gatewarden" || claims.Aud != g.audience || claims.Sub == "" ||
		claims.Exp <= now-5 || claims.Iat > now+5 {
		return nil, errors.New("not for here and now")
	}
	return &caller{token, claims.Sub, claims.Tenant}, nil
}

// intercept lets a request in once the gate's word for its caller is verified.
func (g *gate) intercept(next http.Handler) http.Handler {
	return http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
		ctx, cancel := context.WithTimeout(request.Context(), g.deadline)
		who, err := g.caller(ctx, request.Header.Get("Authorization"))
		cancel()
		if err != nil {
			answer(response, http.StatusUnauthorized, struct{}{})
			return
		}
		next.ServeHTTP(response, request.WithContext(context.WithValue(request.Context(), callerKey{}, who)))
	})
}

// ask says of each object what the gate says of it: 200, or the status to answer.
func (g *gate) ask(ctx context.Context, who *caller, action string, ids []string) ([]int, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	type named struct {
		Type       string            `json:"type"`
		ID         string            `json:"id"`
		Properties map[string]string `json:"properties,omitempty"`
	}
	type evaluation struct {
		Resource named `json:"resource"`
	}
	question := struct {
		Subject     named             `json:"subject"`
		Action      map[string]string `json:"action"`
		Evaluations []evaluation      `json:"evaluations"`
	}{
		Subject: named{"user", who.subject, map[string]string{"token": who.token}},
		Action:  map[string]string{"name": action},
	}
	for _, id := range ids {
		question.Evaluations = append(question.Evaluations, evaluation{named{Type: "order", ID: id}})
	}
	body, err := json.Marshal(question)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, g.deadline)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, g.decisions+"/access/v1/evaluations", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-API-Key", g.apiKey)
	var told struct {
		Evaluations []struct {
			Decision bool
			Context  struct{ Status int }
		}
	}
	if err := g.json(request, &told); err != nil {
		return nil, err
	}
	if len(told.Evaluations) != len(ids) {
		return nil, errors.New("the answer is not about the question")
	}
	said := make([]int, len(ids))
	for i, each := range told.Evaluations {
		switch status := each.Context.Status; {
		case each.Decision:
			said[i] = http.StatusOK
		case status == 401 || status == 403 || status == 404:
			said[i] = status
		default:
			said[i] = http.StatusServiceUnavailable
		}
	}
	return said, nil
}

type shop struct {
	gate   *gate
	lock   sync.RWMutex
	orders map[string]order
}

func (s *shop) ServeHTTP(response http.ResponseWriter, request *http.Request) {
	who := request.Context().Value(callerKey{}).(*caller)
	id := strings.TrimPrefix(request.URL.Path, "/orders/")
	single := id != request.URL.Path
	switch {
	case request.URL.Path == "/orders" && request.Method == http.MethodPost:
		random := make([]byte, 16)
		if _, err := rand.Read(random); err != nil {
			answer(response, http.StatusServiceUnavailable, struct{}{})
			return
		}
		made := order{hex.EncodeToString(random), who.subject, who.tenant}
		s.lock.Lock()
		s.orders[made.ID] = made
		s.lock.Unlock()
		answer(response, http.StatusCreated, made)
	case request.URL.Path == "/orders" && request.Method == http.MethodGet:
		s.list(response, request, who)
	case single && request.Method == http.MethodGet:
		s.show(response, request, who, id)
	default:
		answer(response, http.StatusNotFound, struct{}{})
	}
}

func (s *shop) list(response http.ResponseWriter, request *http.Request, who *caller) {
	var all []order
	var ids []string
	s.lock.RLock()
	for id, each := range s.orders {
		if len(ids) < 100 {
			all, ids = append(all, each), append(ids, id)
		}
	}
	s.lock.RUnlock()
	said, err := s.gate.ask(request.Context(), who, "getOrder", ids)
	if err != nil {
		answer(response, http.StatusServiceUnavailable, struct{}{})
		return
	}
	own := []order{}
	for i, status := range said {
		if status == http.StatusOK {
			own = append(own, all[i])
		}
	}
	answer(response, http.StatusOK, map[string]any{"data": own})
}

func (s *shop) show(response http.ResponseWriter, request *http.Request, who *caller, id string) {
	said, err := s.gate.ask(request.Context(), who, "getOrder", []string{id})
	if err != nil {
		answer(response, http.StatusServiceUnavailable, struct{}{})
		return
	}
	s.lock.RLock()
	found, there := s.orders[id]
	s.lock.RUnlock()
	switch {
	case said[0] != http.StatusOK:
		answer(response, said[0], struct{}{})
	case !there:
		answer(response, http.StatusNotFound, struct{}{})
	default:
		answer(response, http.StatusOK, found)
	}
}

func answer(response http.ResponseWriter, status int, body any) {
	response.Header().Set("Content-Type", "application/json")
	response.Header().Set("Cache-Control", "no-store")
	response.WriteHeader(status)
	_ = json.NewEncoder(response).Encode(body)
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:"+env("PORT", "0"))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println("listening on", listener.Addr().(*net.TCPAddr).Port)
	g := newGate()
	server := &http.Server{
		Handler:           g.intercept(&shop{gate: g, orders: map[string]order{}}),
		ReadHeaderTimeout: 5 * time.Second,
	}
	fmt.Fprintln(os.Stderr, server.Serve(listener))
	os.Exit(1)
}
