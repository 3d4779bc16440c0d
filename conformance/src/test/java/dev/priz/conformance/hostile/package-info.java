/** The catalogue of hostile behaviours, and the page that tells which tests hold each row. */
package dev.priz.conformance.hostile;
