/// Decision points of others, asked over HTTP: OPA, AuthZEN, Topaz, OpenFGA, SpiceDB.
@NullMarked
package dev.gatewarden.gateway.decisionpoint.remote;

import org.jspecify.annotations.NullMarked;
