/** What the tests show about the catalogue of hostile behaviours. */
package dev.priz.rows;
