/**
 * Private: how topics work on one server. The hub hears from the broker what is published, the
 * lanes hand it over on the event loops, and sessions speak the subprotocol of topics.
 */
package dev.priz.hub;
