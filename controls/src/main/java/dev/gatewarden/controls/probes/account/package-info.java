/// Probes of accounts: what somebody who has just registered can make of themself and of others.
@NullMarked
package dev.gatewarden.controls.probes.account;

import org.jspecify.annotations.NullMarked;
