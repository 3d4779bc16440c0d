package dev.priz.demo;

/** A creature of the {@link Arena}: who it is, how it glides, what it has collected. */
final class Plug {
  static final double RADIUS = 22;

  /** What full power tends to, in a second, as the next. */
  static final double TOP_SPEED = 400;

  /** How fast the speed changes: by so much of what it lacks. */
  static final double DRAG = 2;

  static final double DASH_SPEED = 560;
  static final int DASH_PAUSE_TICKS = 30;

  private static final int DASH_TICKS = 8;
  private static final double SECONDS = 1.0 / Arena.TICKS_PER_SECOND;
  private static final double GLIDE = Math.exp(-DRAG * SECONDS);
  private static final double WALL_BOUNCE = 0.6;
  private static final double BUMP_BOUNCE = 0.9;

  final int id;
  final boolean isBot;
  String name;
  double x;
  double y;
  double speedX;
  double speedY;
  double heading;
  int score;

  /** Until when nothing can be knocked out of it. */
  int safeUntilTick;

  /** When it vanishes, if it is nobody's at the moment. */
  int vanishesAtTick = Integer.MAX_VALUE;

  private Steering steering = Steering.NONE;
  private int dashes;
  private int dashEndsAtTick;
  private int dashAllowedAtTick;

  /**
   * How a pilot steers, until it says otherwise. As there is no time in it and nothing to count, a
   * newer one makes the one before dispensable.
   *
   * @param number of this steering, so that the pilot knows from a snapshot whether it counts yet
   * @param direction of the thrust in radians, 0 to the right and growing clockwise
   * @param power of the thrust, 0 to 1
   * @param dashes how many dashes were asked for so far; it dashes when this changes
   */
  record Steering(int number, double direction, double power, int dashes) {
    static final Steering NONE = new Steering(0, 0, 0, 0);
  }

  Plug(int id, String name, boolean isBot, double x, double y) {
    this.id = id;
    this.name = name;
    this.isBot = isBot;
    this.x = x;
    this.y = y;
  }

  /** Gives it to a new pilot, or to nobody. */
  void changePilot() {
    steering = Steering.NONE;
    dashes = 0;
  }

  /** Steers it so from the next tick on. */
  void steer(Steering newest) {
    steering = newest;
  }

  /** The number of the steering that counts. */
  int steeringNumber() {
    return steering.number();
  }

  boolean isAway() {
    return vanishesAtTick != Integer.MAX_VALUE;
  }

  boolean isDashing(int tick) {
    return tick < dashEndsAtTick;
  }

  boolean isSafe(int tick) {
    return tick < safeUntilTick;
  }

  /** Lets a tick pass. The page does the same with its own plug, in flight.js. */
  void move(int tick) {
    double power = steering.power();
    boolean asksForDash = dashes != steering.dashes();
    dashes = steering.dashes();
    if (power > 0 || asksForDash) heading = steering.direction();
    if (asksForDash && tick >= dashAllowedAtTick) dash(tick);
    double wantedX = Math.cos(heading) * power * TOP_SPEED;
    double wantedY = Math.sin(heading) * power * TOP_SPEED;
    // Exact for any length of time, so that a page comes to the same in its own steps.
    x += wantedX * SECONDS + (speedX - wantedX) * (1 - GLIDE) / DRAG;
    y += wantedY * SECONDS + (speedY - wantedY) * (1 - GLIDE) / DRAG;
    speedX = wantedX + (speedX - wantedX) * GLIDE;
    speedY = wantedY + (speedY - wantedY) * GLIDE;
    stayInside();
  }

  private void dash(int tick) {
    speedX += Math.cos(heading) * DASH_SPEED;
    speedY += Math.sin(heading) * DASH_SPEED;
    dashEndsAtTick = tick + DASH_TICKS;
    dashAllowedAtTick = tick + DASH_PAUSE_TICKS;
  }

  private void stayInside() {
    double insideX = Math.clamp(x, RADIUS, Arena.WIDTH - RADIUS);
    double insideY = Math.clamp(y, RADIUS, Arena.HEIGHT - RADIUS);
    if (insideX != x) speedX *= -WALL_BOUNCE;
    if (insideY != y) speedY *= -WALL_BOUNCE;
    x = insideX;
    y = insideY;
  }

  /** Whether something round is near enough to be touched. */
  boolean touches(double otherX, double otherY, double radius) {
    return Math.hypot(otherX - x, otherY - y) < RADIUS + radius;
  }

  /** Pushes another plug away that is in the way, and is pushed back; false if it is not. */
  boolean bump(Plug other) {
    double distance = Math.hypot(other.x - x, other.y - y);
    if (distance >= 2 * RADIUS) return false;
    // In one and the same place, any direction is as good.
    double towardsX = distance == 0 ? 1 : (other.x - x) / distance;
    double towardsY = distance == 0 ? 0 : (other.y - y) / distance;
    double overlap = 2 * RADIUS - distance;
    shift(-overlap / 2 * towardsX, -overlap / 2 * towardsY);
    other.shift(overlap / 2 * towardsX, overlap / 2 * towardsY);
    double approach = (speedX - other.speedX) * towardsX + (speedY - other.speedY) * towardsY;
    if (approach > 0) {
      double impulse = approach * (1 + BUMP_BOUNCE) / 2;
      push(-impulse * towardsX, -impulse * towardsY);
      other.push(impulse * towardsX, impulse * towardsY);
    }
    return true;
  }

  private void shift(double byX, double byY) {
    x += byX;
    y += byY;
    stayInside();
  }

  private void push(double byX, double byY) {
    speedX += byX;
    speedY += byY;
  }
}
