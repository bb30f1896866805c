package dev.gatewarden.acceptance.rows;

/// The other process of `TakenAway`.
class TakenAwayToo extends TakenAway {}
