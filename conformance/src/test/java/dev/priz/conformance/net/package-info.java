/**
 * Networks that fail below TCP: a link that goes down without a word, and one that loses, delays,
 * repeats and mixes up packets. Linux only, and as root: each test makes a network namespace of its
 * own, in which a {@link dev.priz.conformance.net.NetworkPeer} runs.
 */
package dev.priz.conformance.net;
