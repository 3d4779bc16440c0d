package dev.priz.payloads;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;

/** The records that payloads are made of. */
final class Records {
  private static final String[] PAIRS = {
    "BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "AVAXTRY", "DOGEUSDT", "LINKEUR", "THYAO", "GARAN"
  };
  private static final long START_MILLIS = 1_770_000_000_000L;

  private Records() {}

  static void chat(SplittableRandom random, ByteArrayOutputStream out) {
    Vocabulary words = new Vocabulary(random);
    String text = random.nextInt(3) == 0 ? words.turkish() : words.english();
    String line =
        switch (random.nextInt(4)) {
          case 0 ->
              String.format(Locale.ROOT, "{\"type\":\"typing\",\"room\":%d,\"user\":\"%s%d\",\"at\":%d}", 
                      random.nextInt(900), words.word(), random.nextInt(99), millis(random));
          case 1 ->
              String.format(Locale.ROOT, "{\"type\":\"reaction\",\"room\":%d,\"id\":\"%016x\",\"user\":\"%s%d\",\"emoji\":\"👍\"}", 
                      random.nextInt(900), random.nextLong(), words.word(), random.nextInt(99));
          default ->
              String.format(Locale.ROOT, "{\"type\":\"message\",\"room\":%d,\"id\":\"%016x\",\"user\":\"%s%d\",\"text\":\"%s\",\"at\":%d}", 
                      random.nextInt(900),
                      random.nextLong(),
                      words.word(),
                      random.nextInt(99),
                      text,
                      millis(random));
        };
    PayloadKind.write(out, line + ",");
  }

  static void tick(SplittableRandom random, ByteArrayOutputStream out) {
    String line =
        String.format(
            Locale.ROOT,
            "{\"e\":\"trade\",\"s\":\"%s\",\"t\":%d,\"p\":\"%.4f\",\"q\":\"%.5f\",\"T\":%d,\"m\":%b},",
            PAIRS[random.nextInt(PAIRS.length)],
            random.nextInt(1_000_000_000),
            random.nextDouble() * 90_000,
            random.nextDouble() * 3,
            millis(random),
            random.nextBoolean());
    PayloadKind.write(out, line);
  }

  static void edit(SplittableRandom random, ByteArrayOutputStream out) {
    Vocabulary words = new Vocabulary(random);
    long[] clients = {random.nextInt() & 0xFFFFFFFFL, random.nextInt() & 0xFFFFFFFFL};
    int clock = random.nextInt(60_000);
    int items = 1 + random.nextInt(12);
    out.write(0);
    out.write(2);
    number(out, 1);
    number(out, items);
    number(out, clients[0]);
    number(out, clock);
    for (int item = 0; item < items; item++) {
      // Text after a neighbour on the left, and after those of both sides.
      boolean between = random.nextInt(3) == 0;
      out.write(between ? 0xC4 : 0x84);
      number(out, clients[random.nextInt(2)]);
      number(out, clock + item);
      if (between) {
        number(out, clients[random.nextInt(2)]);
        number(out, random.nextInt(clock + 1));
      }
      String text = words.word();
      if (random.nextInt(3) > 0) text = text.substring(0, 1);
      number(out, text.length());
      out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
    int deleted = random.nextInt(3);
    number(out, deleted);
    for (int i = 0; i < deleted; i++) {
      number(out, clients[i]);
      number(out, 1);
      number(out, random.nextInt(60_000));
      number(out, 1 + random.nextInt(20));
    }
  }

  static void html(SplittableRandom random, ByteArrayOutputStream out) {
    Vocabulary words = new Vocabulary(random);
    String user = words.word();
    String line =
        switch (random.nextInt(3)) {
          case 0 ->
              String.format(Locale.ROOT, "<li class=\"item item--%s\" id=\"m-%d\"><a href=\"/users/%s\"><img src=\"/a/%08x.webp\" alt=\"\">%s</a> %s</li>\n", 
                      random.nextBoolean() ? "read" : "unread",
                      random.nextInt(1_000_000),
                      user,
                      random.nextInt(),
                      user,
                      words.english());
          case 1 ->
              String.format(Locale.ROOT, "<tr data-id=\"%d\"><td>%s</td><td class=\"number\">%d,%02d</td><td><button type=\"button\" class=\"btn btn-sm\">%s</button></td></tr>\n", 
                      random.nextInt(100_000),
                      user,
                      random.nextInt(10_000),
                      random.nextInt(100),
                      random.nextBoolean() ? "Edit" : "Delete");
          default ->
              String.format(Locale.ROOT, "<div class=\"card\"><h3>%s</h3><p>%s %s</p><time datetime=\"2026-%02d-%02dT%02d:%02d\">%s</time></div>\n", 
                      user,
                      words.english(),
                      words.english(),
                      1 + random.nextInt(12),
                      1 + random.nextInt(28),
                      random.nextInt(24),
                      random.nextInt(60),
                      words.word());
        };
    PayloadKind.write(out, line);
  }

  private static long millis(SplittableRandom random) {
    return START_MILLIS + random.nextInt(100_000_000);
  }

  private static void number(ByteArrayOutputStream out, long value) {
    long rest = value;
    for (; rest > 0x7F; rest >>>= 7) out.write((int) ((rest & 0x7F) | 0x80));
    out.write((int) rest);
  }
}
