package dev.priz.payloads;

import java.util.SplittableRandom;

/**
 * Words, the commoner ones first, and sentences made of them: prose that no two seeds tell alike,
 * with about as much news in it as people's own.
 */
final class Vocabulary {
  private static final String[] ENGLISH_NOUNS =
      words(
          "time people day work house water morning friend name story letter road hand train question"
              + " street window answer market river teacher garden village summer winter evening bridge"
              + " table doctor children kitchen mountain station harbour library engine ticket pocket"
              + " neighbour machine captain meeting forest island lantern journey promise weather corner"
              + " orchard newspaper carpenter blanket railway quarrel festival shepherd telegram bicycle"
              + " staircase umbrella compass cupboard thunder harvest whistle mechanic ferry postman"
              + " cathedral keyboard magazine lighthouse sparrow vineyard hospital envelope passenger");
  private static final String[] ENGLISH_VERBS =
      words(
          "said went came saw made took knew left found asked told felt kept heard brought began wrote"
              + " stood lost carried followed opened remembered answered crossed watched repaired"
              + " promised borrowed counted explained forgot gathered noticed painted refused returned"
              + " whispered admired climbed delivered discovered examined interrupted measured mentioned"
              + " persuaded polished postponed recognised sharpened unfolded wandered");
  private static final String[] ENGLISH_OTHERS =
      words(
          "old new long small good great little other young early cold quiet late strange heavy narrow"
              + " bright empty distant patient broken gentle wooden curious familiar yellow honest"
              + " crowded weary silver sudden careful ancient peculiar generous frozen stubborn"
              + " forgotten enormous cheerful slender dusty eager hollow magnificent reluctant");
  private static final String[] ENGLISH_LINKS =
      words("of in to with for on at from by about under near behind across after before without");
  private static final String[] ENGLISH_ARTICLES = words("the a the his the her the their that this");
  private static final String[] TURKISH_STEMS =
      words(
          "zaman insan gün ev iş su yol sabah arkadaş söz çocuk kapı akşam şehir kitap deniz gece okul"
              + " sokak mektup pencere köprü bahçe öğretmen ağaç köy yağmur kış yaz güneş çarşı vapur"
              + " istasyon komşu ekmek çay masa ışık gölge rüzgâr ırmak tarla değirmen şoför doktor soru"
              + " cevap hikâye şarkı dağ tepe orman kuş bulut yıldız liman balıkçı terzi kahve defter"
              + " kalem saat bisiklet şemsiye gazete merdiven fırın üzüm zeytin kiraz anahtar sandık"
              + " yorgan düğün bayram türkü kervan çeşme avlu tren bilet yolcu usta çırak");
  private static final String[] TURKISH_ENDINGS =
      words(
          "lar ler ın in un ün ı i u ü da de ta te dan den tan ten a e ya ye ları leri larda lerde"
              + " lardan lerden ımız imiz umuz ümüz ınız iniz la le sız siz lık lik ki");
  private static final String[] TURKISH_VERBS =
      words(
          "geldi gitti dedi gördü aldı verdi baktı sordu kaldı oldu bekledi anlattı yürüdü düşündü"
              + " söyledi açtı kapattı güldü unuttu hatırladı götürdü çağırdı dinledi yazdı okudu"
              + " geçiyordu bekliyordu konuşuyordu çalışıyordu görünüyordu gelecekti bilmiyordu"
              + " istemişti öğrenmişti seviyormuş gitmeliydi başlamıştı dönebilirdi anlaşılıyordu");
  private static final String[] TURKISH_OTHERS =
      words(
          "bir bu o çok her güzel büyük küçük eski yeni uzun kısa sessiz yorgun soğuk sıcak ince geniş"
              + " boş dolu erken geç yavaş hızlı uzak yakın mavi yeşil sarı kırmızı ağır hafif garip"
              + " tanıdık sabırlı neşeli üzgün dikkatli ıssız kalabalık");
  private static final String[] TURKISH_LINKS =
      words("ve de ile gibi için kadar sonra önce ama çünkü belki yalnız bile artık hâlâ sanki");

  private final SplittableRandom random;

  Vocabulary(SplittableRandom random) {
    this.random = random;
  }

  /** An English sentence with its full stop. */
  String english() {
    StringBuilder sentence = new StringBuilder(capital(oneOf(ENGLISH_ARTICLES)));
    noun(sentence);
    int clauses = 1 + random.nextInt(3);
    for (int clause = 0; clause < clauses; clause++) {
      if (clause > 0) sentence.append(random.nextInt(3) == 0 ? ", and" : ",");
      sentence.append(' ').append(oneOf(ENGLISH_VERBS)).append(' ').append(oneOf(ENGLISH_ARTICLES));
      noun(sentence);
      while (random.nextInt(5) < 2) {
        sentence.append(' ').append(oneOf(ENGLISH_LINKS)).append(' ').append(oneOf(ENGLISH_ARTICLES));
        noun(sentence);
      }
    }
    return sentence.append(random.nextInt(8) == 0 ? '?' : '.').toString();
  }

  /** A Turkish sentence with its full stop; its endings are real, its vowel harmony is not. */
  String turkish() {
    StringBuilder sentence = new StringBuilder(capital(oneOf(TURKISH_OTHERS)));
    int words = 3 + random.nextInt(9);
    for (int word = 0; word < words; word++) {
      sentence.append(' ');
      switch (random.nextInt(6)) {
        case 0 -> sentence.append(oneOf(TURKISH_LINKS));
        case 1 -> sentence.append(oneOf(TURKISH_OTHERS));
        default -> {
          sentence.append(oneOf(TURKISH_STEMS));
          if (random.nextInt(4) > 0) sentence.append(oneOf(TURKISH_ENDINGS));
        }
      }
      if (random.nextInt(9) == 0) sentence.append(',');
    }
    return sentence.append(' ').append(oneOf(TURKISH_VERBS)).append('.').toString();
  }

  /** A noun, for names and the like. */
  String word() {
    return oneOf(ENGLISH_NOUNS);
  }

  private void noun(StringBuilder sentence) {
    if (random.nextInt(3) == 0) sentence.append(' ').append(oneOf(ENGLISH_OTHERS));
    sentence.append(' ').append(oneOf(ENGLISH_NOUNS));
  }

  private String oneOf(String[] words) {
    // Squared, the first words come more often, as in any language.
    double place = random.nextDouble();
    return words[(int) (place * place * words.length)];
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  private static String[] words(String list) {
    return list.split(" ", -1);
  }
}
